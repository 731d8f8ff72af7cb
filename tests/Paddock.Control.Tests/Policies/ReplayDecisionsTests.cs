using Paddock.Control.Policies;
using Paddock.Control.Releases;
using Paddock.Core.Ledger;
using Paddock.Core.Policies;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Policies.Facts;
using Paddock.Core.Snapshot;
using Paddock.Core.Tools;
using Paddock.Core.Tools.Shell;
using static Paddock.Control.Tests.ControlUnderTest;

namespace Paddock.Control.Tests.Policies;

public class ReplayDecisionsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Remembered_decisions_are_judged_by_a_candidate_that_is_not_even_imported()
    {
        await using var control = await StartAsync();
        await control.Get<ImportRelease>().RunAsync(Admin, ExplainDecisionTests.Release("core") with { Activate = true }, Cancellation);
        for (var i = 0; i < 600; i++)
        {
            Decide(control, i, "git push", "core", Noon.AddDays(-i % 10));
        }

        var told = (await control.Get<ReplayDecisions>().RunAsync(Admin, new() { Files = ExplainDecisionTests.Release("web").Files, Since = Noon.AddDays(-4).AddHours(-1) }, Cancellation)).ShouldBeDone();
        var same = (await control.Get<ReplayDecisions>().RunAsync(Admin, new() { Files = ExplainDecisionTests.Release("core").Files, Against = "active" }, Cancellation)).ShouldBeDone();

        (told.Replayed, told.Unchanged, told.Against).ShouldBe((300, 0, "recorded"));
        var change = told.Changes.ShouldHaveSingleItem();
        (change.From, change.To, change.Count).ShouldBe(("deny", "allow", 300));
        change.Teams.ShouldHaveSingleItem().ShouldBe(new("core", 300));
        change.Examples.Count.ShouldBe(5);
        (change.Examples[0].Was, change.Examples[0].Rule).ShouldBe(("git/push", "defaults"));
        (same.Replayed, same.Unchanged, same.Against).ShouldBe((600, 600, same.Release));
    }

    [Fact]
    public async Task A_remembered_decision_is_explained_by_the_release_it_was_made_by_or_by_another()
    {
        await using var control = await StartAsync();
        await control.Get<ImportRelease>().RunAsync(Admin, ExplainDecisionTests.Release("core") with { Activate = true }, Cancellation);
        var id = Decide(control, 1, "git push", "core", Noon);
        await control.Get<ImportRelease>().RunAsync(Admin, ExplainDecisionTests.Release("web") with { Activate = true }, Cancellation);

        (await control.Get<ExplainDecision>().RunAsync(Admin, new() { Decision = id }, Cancellation)).ShouldBeDone().Decision.Rule.ShouldBe("git/push");
        (await control.Get<ExplainDecision>().RunAsync(Admin, new() { Decision = id, Release = "active" }, Cancellation)).ShouldBeDone().Decision.Rule.ShouldBeNull();
        (await control.Get<ExplainDecision>().RunAsync(Admin, new() { Decision = "dec_none" }, Cancellation)).ShouldBeMissing();
    }

    [Fact]
    public async Task What_is_no_candidate_is_told()
    {
        await using var control = await StartAsync();
        var use = control.Get<ReplayDecisions>();
        var broken = new FileInput("a.yaml", "kind: Polcy\n");

        (await use.RunAsync(Admin, new(), Cancellation)).ShouldBeInvalid("release");
        (await use.RunAsync(Admin, new() { Release = "000000" }, Cancellation)).ShouldBeMissing();
        (await use.RunAsync(Admin, new() { Files = [broken] }, Cancellation)).ShouldBeFaulty().ShouldNotBeEmpty();
        (await use.RunAsync(Admin, new() { Files = ExplainDecisionTests.Release("core").Files, Against = "000000" }, Cancellation)).ShouldBeMissing();
    }

    /// <summary>Judges by the release in force and remembers it.</summary>
    internal static string Decide(ControlUnderTest control, int number, string line, string team, DateTimeOffset at)
    {
        var facts = new FactValues();
        facts.Set(Fact.UserId, "ada");
        facts.Set(Fact.UserTeams, [team]);
        var subject = new PolicySubject(facts, new(ToolClass.Command) { Line = ShellReader.Read(line, ShellDialect.Posix) }, KeyPins.None);
        var snapshot = control.Get<ISnapshots>().Current;
        var verdict = new PolicyVerdict();
        snapshot.Policies.Judge(subject, ref verdict);
        var decision = new StoredDecision
        {
            Id = $"dec_{number:00000}",
            At = at,
            Call = new(new Guid(number, 2, 3, [4, 5, 6, 7, 8, 9, 10, 11])),
            Principal = "usr_1",
            Key = "key_00000000000000000000000000000001",
            Teams = [team],
            Agent = "codex",
            Tool = "bash",
            Class = ToolClass.Command,
            Effect = verdict.Effect,
            Rule = verdict.Rule < 0 ? null : snapshot.Policies.Rules[verdict.Rule].Name,
            ShadowEffect = verdict.Shadow.Effect,
            ReleaseDigest = snapshot.Digest.Value,
            Inputs = InputKeeper.Keep(subject),
            Outcome = DecisionOutcome.Released,
            OutcomeAt = at,
        };
        control.Get<IDecisions>().TryAppend(decision).ShouldBeTrue();
        return decision.Id;
    }
}
