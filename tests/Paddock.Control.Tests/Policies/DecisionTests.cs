using Paddock.Control.Identity;
using Paddock.Control.Policies;
using Paddock.Core.Identity;
using Paddock.Core.Policies;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Policies.Facts;
using Paddock.Core.Tools;
using Paddock.Core.Tools.Shell;

namespace Paddock.Control.Tests.Policies;

/// <summary>Decisions on tool calls, as operators look at them.</summary>
public class DecisionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Decisions_are_listed_by_the_names_of_people_and_shown_with_what_they_were_made_on()
    {
        await using var control = await ControlUnderTest.StartAsync();
        await control.KeyAsync("laptop", "ada");
        var caller = control.Get<IIdentities>().Current.Principals.Single(principal => principal.Name == "ada");
        var key = (await control.Get<ListKeys>().RunAsync(ControlUnderTest.Admin, Cancellation)).ShouldBeDone().Keys.Single(key => key.Name == "laptop");
        control.Get<IDecisions>().TryAppend(Made("dec_1", caller.Id.Value, key.Id)).ShouldBeTrue();
        control.Get<IDecisions>().TryAppend(Made("dec_2", "usr_other", key.Id) with { NotEvaluated = "It is too long", Inputs = null, Effect = Effect.Deny }).ShouldBeTrue();

        var listed = (await control.Get<ListDecisions>().RunAsync(ControlUnderTest.Admin, new() { Principal = "ada" }, Cancellation)).ShouldBeDone();
        var shown = (await control.Get<ShowDecision>().RunAsync(ControlUnderTest.Admin, "dec_1", Cancellation)).ShouldBeDone();
        var unjudged = (await control.Get<ShowDecision>().RunAsync(ControlUnderTest.Admin, "dec_2", Cancellation)).ShouldBeDone();

        listed.Decisions.ShouldHaveSingleItem().Id.ShouldBe("dec_1");
        listed.Next.ShouldBeNull();
        (shown.User, shown.Key, shown.Class, shown.Effect, shown.Outcome, shown.Result, shown.ExitCode).ShouldBe(("ada", "laptop", "command", "require_approval", "approved", "failure", 2));
        shown.Argv.ShouldBe([["git", "push"]]);
        shown.Facts["task.spend"].ShouldBe("0.25");
        shown.Env.ShouldBe(["A=x"]);
        shown.Altered.ShouldBe(["call.env"]);
        (unjudged.Effect, unjudged.NotEvaluated).ShouldBe(("not_evaluated", "It is too long"));
    }

    [Fact]
    public async Task What_is_asked_wrongly_is_told()
    {
        await using var control = await ControlUnderTest.StartAsync();

        (await control.Get<ListDecisions>().RunAsync(ControlUnderTest.Admin, new() { Limit = 0 }, Cancellation)).ShouldBeOfType<Outcome<DecisionList>.Invalid>().Field.ShouldBe("limit");
        (await control.Get<ShowDecision>().RunAsync(ControlUnderTest.Admin, "dec_none", Cancellation)).ShouldBeOfType<Outcome<DecisionView>.NotFound>();
    }

    private static StoredDecision Made(string id, string principal, string key)
    {
        var facts = new FactValues();
        facts.Set(Fact.TaskSpend, 0.25);
        var subject = new PolicySubject(facts, new(ToolClass.Command) { Line = ShellReader.Read("A=b git push", ShellDialect.Posix) }, KeyPins.None);
        return new()
        {
            Id = id,
            At = ControlUnderTest.Noon,
            Call = new(Guid.Empty),
            Principal = principal,
            Key = key,
            Agent = "codex",
            Tool = "shell",
            Class = ToolClass.Command,
            Effect = Effect.RequireApproval,
            ShadowEffect = Effect.RequireApproval,
            ReleaseDigest = "sha256:1",
            Inputs = InputKeeper.Keep(subject),
            Outcome = DecisionOutcome.Approved,
            OutcomeAt = ControlUnderTest.Noon,
            Result = ToolResult.OfExit(2),
            ResultAt = ControlUnderTest.Noon,
        };
    }
}
