using Paddock.Control.Runbooks;
using Paddock.Core.Identity;
using Paddock.Core.Runbooks;
using Paddock.Core.Snapshot;

namespace Paddock.Control.Tests.Runbooks;

/// <summary>Beginning runs, and answering them.</summary>
public sealed class StartRunTests
{
    private const string Avoid = "- {id: avoid, do: provider.avoid, safe: true, with: {provider: main} }";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_done_unasked_while_the_drill_is_not_verified()
    {
        await using var control = await RunbookControl.StartAsync(Avoid);

        (await control.BeginAsync(auto: true)).ShouldBeOfType<Outcome<RunView>.Conflict>().Message.ShouldContain("Its drill is never");
        var id = (await control.BeginAsync(auto: false)).ShouldBeDone().Id;
        (await control.LookAsync(id)).Steps.Single().State.ShouldBe(StepState.Waiting);
        control.Get<ISnapshots>().Current.Mitigations.All.ShouldBeEmpty();
        control.Told.All.ShouldContain(static one => one.Event == "runbook.waiting" && one.Text.Contains("routes ask provider 'main' last", StringComparison.Ordinal));

        await control.Get<AnswerStep>().RunAsync(ControlUnderTest.Admin, id, "avoid", new(Yes: true, "go"), Cancellation);
        (await control.LookAsync(id)).State.ShouldBe(RunState.Holding);
        control.Get<ISnapshots>().Current.Routes["best"].Targets[0].Provider.ShouldBe("other");
    }

    [Fact]
    public async Task What_is_asked_and_refused_reads_as_sentences()
    {
        await using var control = await RunbookControl.StartAsync("- {id: sure, do: confirm, with: {question: \"Are you sure?\"} }");
        await control.LookAsync((await control.BeginAsync(auto: false)).ShouldBeDone().Id);

        control.Told.All.Single(static one => one.Event == "runbook.waiting").Text.ShouldContain("for a yes: Are you sure? Answer with: paddock runbook answer run_");
        (await control.Get<StartRun>().RunAsync(ControlUnderTest.Admin, new() { Runbook = "own", Parameters = new Dictionary<string, string> { ["x"] = "y" } }, Cancellation))
            .ShouldBeOfType<Outcome<RunView>.Invalid>().Message.ShouldBe("The runbook has no parameter 'x'; it has none.");
    }

    [Fact]
    public async Task A_no_takes_it_back()
    {
        await using var control = await RunbookControl.StartAsync(Avoid);
        var id = (await control.BeginAsync(auto: false)).ShouldBeDone().Id;
        await control.LookAsync(id);

        await control.Get<AnswerStep>().RunAsync(ControlUnderTest.Admin, id, "avoid", new(Yes: false, "it is planned"), Cancellation);

        var run = await control.LookAsync(id);
        (run.State, run.Reason).ShouldBe((RunState.Ended, "it is planned"));
        (await control.Get<AnswerStep>().RunAsync(ControlUnderTest.Admin, id, "avoid", new(Yes: true, "go"), Cancellation)).ShouldBeOfType<Outcome<RunView>.Conflict>();
    }

    [Fact]
    public async Task A_preview_says_what_would_be_done_and_does_nothing()
    {
        await using var control = await RunbookControl.StartAsync(Avoid + "\n- {id: gone, do: route.switch, with: {route: \"${r}\", to: other} }", "parameters: [{name: r, usual: nowhere}]");

        var plan = (await control.Get<StartRun>().PreviewAsync(new Actor("usr_v", ControlRoles.Viewer), new() { Runbook = "own" }, Cancellation)).ShouldBeDone();

        plan.Steps.Select(static step => (step.Id, step.Plan, step.Asks, step.Fault)).ShouldBe(
        [
            ("avoid", "routes ask provider 'main' last", true, null), ("gone", "route 'nowhere' asks provider 'other' first", true, "The release in force has no route 'nowhere'."),
        ]);
        (await control.Get<IRuns>().ListAsync(new(), Cancellation)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("provider.disable", "provider", "The release in force has no provider 'nowhere'.")]
    [InlineData("contain", "user", "There is no user 'nowhere'.")]
    public async Task A_preview_says_what_a_containment_names_that_is_not_there(string step, string names, string fault)
    {
        await using var control = await RunbookControl.StartAsync($"- {{id: stop, do: {step}, with: {{{names}: \"${{which}}\"}} }}", "parameters: [{name: which, usual: nowhere}]");

        (await control.Get<StartRun>().PreviewAsync(ControlUnderTest.Admin, new() { Runbook = "own" }, Cancellation)).ShouldBeDone().Steps.ShouldHaveSingleItem().Fault.ShouldBe(fault);
    }

    [Fact]
    public async Task A_runbook_that_tells_developers_something_needs_an_open_incident()
    {
        await using var control = await RunbookControl.StartAsync("- {id: tell, do: people.tell, safe: true, with: {text: Soon} }");
        await control.TrustAsync();

        (await control.BeginAsync()).ShouldBeOfType<Outcome<RunView>.Invalid>().Field.ShouldBe("incident");
        (await control.BeginAsync(incident: "inc_none")).ShouldBeOfType<Outcome<RunView>.Invalid>().Field.ShouldBe("incident");
        var incident = await control.IncidentAsync();
        await control.LookAsync((await control.BeginAsync(incident: incident)).ShouldBeDone().Id);
        (await control.FoundAsync(incident)).Notice.ShouldBe("Soon");
    }

    [Fact]
    public async Task A_reason_that_is_left_out_is_asked_for()
    {
        await using var control = await RunbookControl.StartAsync(Avoid);
        var id = (await control.BeginAsync(auto: false)).ShouldBeDone().Id;

        (await control.Get<AnswerStep>().RunAsync(ControlUnderTest.Admin, id, "avoid", new(Yes: true, null!), Cancellation)).ShouldBeOfType<Outcome<RunView>.Invalid>().Field.ShouldBe("reason");
        (await control.Get<UndoRun>().RunAsync(ControlUnderTest.Admin, id, new(null!), Cancellation)).ShouldBeOfType<Outcome<RunView>.Invalid>().Field.ShouldBe("reason");
    }

    [Fact]
    public async Task What_is_not_said_or_not_known_is_refused()
    {
        await using var control = await RunbookControl.StartAsync("- {id: avoid, do: provider.avoid, with: {provider: \"${p}\"} }", "parameters: [{name: p}]");

        (await control.BeginAsync(auto: false)).ShouldBeOfType<Outcome<RunView>.Invalid>().Message.ShouldContain("Say what 'p' is");
        (await control.Get<StartRun>().RunAsync(ControlUnderTest.Admin, new() { Runbook = "own", Parameters = new Dictionary<string, string> { ["q"] = "x" } }, Cancellation)).ShouldBeOfType<Outcome<RunView>.Invalid>().Message.ShouldContain("no parameter 'q'");
        (await control.Get<StartRun>().RunAsync(ControlUnderTest.Admin, new() { Runbook = "none" }, Cancellation)).ShouldBeOfType<Outcome<RunView>.NotFound>();
    }
}
