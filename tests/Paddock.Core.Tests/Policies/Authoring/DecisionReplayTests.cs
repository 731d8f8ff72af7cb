using Paddock.Core.Ledger;
using Paddock.Core.Policies;
using Paddock.Core.Policies.Authoring;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Policies.Facts;
using Paddock.Core.Tools;

namespace Paddock.Core.Tests.Policies.Authoring;

public class DecisionReplayTests
{
    private static readonly DateTimeOffset noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    private static readonly PolicySet now = Rules.Set(Rules.Policy("p", "- {id: rm, match: {commands: [[rm]]}, effect: deny, tests: [{match: rm}]}"), Rules.Binding("p"));

    private static readonly PolicySet candidate = Rules.Set(
        Rules.Chain,
        Rules.Policy("p", """
            - {id: push, match: {commands: [[git, push]]}, effect: deny, tests: [{match: git push}]}
            - {id: curl, match: {commands: [[curl]]}, effect: require_approval, approval: {chain: leads}, tests: [{match: curl}]}
            - {id: text, match: {commands: [[echo]]}, when: "call.text.contains('x')", effect: deny, tests: [{match: echo x, with: {call.text: echo x}}]}
            """),
        Rules.Binding("p"));

    [Fact]
    public void What_would_be_decided_otherwise_is_counted_by_tool_team_and_rule_with_the_newest_examples()
    {
        var replay = new DecisionReplay(candidate, against: null);
        for (var i = 0; i < 8; i++)
        {
            replay.Add(Decided(i, "git push", now, "core", "web"));
        }

        replay.Add(Decided(8, "rm x", now, "core"));
        replay.Add(Decided(9, "curl a", now));
        replay.Add(Decided(10, "ls", now, "core"));

        var report = replay.Report();

        (report.Replayed, report.Unchanged).ShouldBe((11, 1));
        report.Changes.Select(change => $"{change.From}->{change.To} {change.Count}").ShouldBe(["Allow->Deny 8", "Allow->RequireApproval 1", "Deny->Allow 1"]);
        var denied = report.Changes[0];
        denied.Tools.ShouldBe([new("bash (command)", 8)]);
        denied.Teams.ShouldBe([new("core", 8), new("web", 8)]);
        denied.Rules.ShouldBe([new("p/push", 8)]);
        denied.Examples.Select(example => example.Decision).ShouldBe(["dec_7", "dec_6", "dec_5", "dec_4", "dec_3"]);
        report.Changes[1].Teams.ShouldBe([new("(no team)", 1)]);
        (report.Changes[2].Examples[0].Was, report.Changes[2].Examples[0].Rule).ShouldBe(("p/rm", "defaults"));
    }

    [Fact]
    public void Against_another_release_only_what_the_two_judge_differently_is_a_change()
    {
        var replay = new DecisionReplay(candidate, now);
        replay.Add(Decided(0, "git push", now) with { Effect = Effect.RequireApproval });

        replay.Report().Changes.ShouldHaveSingleItem().From.ShouldBe(ReplayedEffect.Allow);
    }

    [Fact]
    public void What_cannot_be_judged_again_is_counted_by_why_and_concludes_nothing()
    {
        var replay = new DecisionReplay(candidate, against: null);
        replay.Add(Decided(0, "ls", now) with { NotEvaluated = "too long" });
        replay.Add(Decided(1, "ls", now) with { Inputs = null });
        replay.Add(Masked(2, "echo"));
        replay.Add(Masked(3, "ls"));

        var report = replay.Report();

        report.NotReplayed.ShouldBe([new(ReplayGap.NotEvaluated, 1), new(ReplayGap.NotKept, 1), new(ReplayGap.Masked, 2)]);
        (report.Replayed, report.Changes.Length).ShouldBe((0, 0));

        static StoredDecision Masked(int id, string line) => Decided(id, line, now) is var one ? one with { Inputs = one.Inputs! with { Altered = ["call.text"] } } : one; // decided with inputs
    }

    [Fact]
    public void A_decision_replayed_by_the_release_that_made_it_never_changes()
    {
        var replay = new DecisionReplay(candidate, against: null);
        foreach (var (i, line) in new[] { "git push", "curl a && rm b", "echo x", "eval $X", "cat a > b" }.Index())
        {
            replay.Add(Decided(i, line, candidate, "core"));
        }

        (replay.Report().Unchanged, replay.Report().Changes.Length).ShouldBe((5, 0));
    }

    private static StoredDecision Decided(int id, string line, PolicySet by, params string[] teams)
    {
        var subject = Rules.Command(line, facts =>
        {
            facts.Set(Fact.UserTeams, teams);
            facts.Set(Fact.CallText, line);
        });
        var verdict = by.Judge(subject);
        return new()
        {
            Id = $"dec_{id}",
            At = noon.AddMinutes(id),
            Call = new(new Guid(1, 2, 3, [4, 5, 6, 7, 8, 9, 10, 11])),
            Principal = "usr_1",
            Key = "key_1",
            Teams = [.. teams],
            Agent = "codex",
            Tool = "bash",
            Class = ToolClass.Command,
            Effect = verdict.Effect,
            Soft = verdict.Soft,
            Rule = verdict.Rule < 0 ? null : by.Rules[verdict.Rule].Name,
            ShadowEffect = verdict.Shadow.Effect,
            ReleaseDigest = "sha256:0",
            Inputs = InputKeeper.Keep(subject),
            Outcome = DecisionOutcome.Released,
            OutcomeAt = noon,
        };
    }
}
