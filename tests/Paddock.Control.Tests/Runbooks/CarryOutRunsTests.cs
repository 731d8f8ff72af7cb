using Paddock.Control.Incidents;
using Paddock.Control.Runbooks;
using Paddock.Core.Containments;
using Paddock.Core.Incidents;
using Paddock.Core.Mitigations;
using Paddock.Core.Runbooks;
using Paddock.Core.Snapshot;

namespace Paddock.Control.Tests.Runbooks;

/// <summary>Runs that are carried on: each step does what it says once, and is taken back.</summary>
public sealed class CarryOutRunsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static readonly string[] each =
    [
        "- {id: step, do: route.switch, safe: true, with: {route: best, to: other} }",
        "- {id: step, do: provider.avoid, safe: true, with: {provider: main} }",
        "- {id: step, do: provider.disable, safe: true, with: {provider: main} }",
        "- {id: step, do: credential.rest, safe: true, with: {provider: main, credential: \"env:A\"} }",
        "- {id: step, do: calls.shed, safe: true, with: {calls: subagents, retryAfter: 30s} }",
        "- {id: step, do: tasks.smaller, safe: true, with: {mostTokens: 20000} }",
        "- {id: step, do: tools.readonly, safe: true }",
        "- {id: step, do: tool.disable, safe: true, with: {tool: Write} }",
        "- {id: step, do: contain, safe: true, with: {user: ada} }",
        "- {id: step, do: people.tell, safe: true, with: {text: Answers come from elsewhere} }",
        "- {id: step, do: notify, with: {text: It goes on} }",
        "- {id: step, do: changes.list, with: {window: 2h} }",
    ];

    public static TheoryData<string> Each => [.. each];

    [Theory]
    [MemberData(nameof(Each))]
    public async Task A_step_whose_process_ended_in_the_middle_is_done_once_and_taken_back(string step)
    {
        await using var control = await RunbookControl.StartAsync(step);
        await control.TrustAsync();
        var incident = await control.IncidentAsync();
        var id = (await control.BeginAsync(incident: incident)).ShouldBeDone().Id;
        var begun = RunMachine.Next((await control.Get<IRuns>().FindAsync(id, Cancellation))!, control.Time.GetUtcNow()).ShouldBeOfType<RunMove.Write>();
        await control.Get<IRuns>().KeepAsync(begun, StepEffects.Actor, Cancellation);
        await control.Get<StepEffects>().DoAsync(begun.Run, 0, Cancellation); // and then the process ended

        var run = await control.LookAsync(id);

        run.Steps.Single().State.ShouldBe(StepState.Verified);
        (await EffectsAsync(control, incident)).ShouldBe(1, step);
        await control.Get<UndoRun>().RunAsync(ControlUnderTest.Admin, id, new("enough"), Cancellation);
        run = (await control.Get<IRuns>().FindAsync(id, Cancellation))!;
        if (RunMachine.Next(run, control.Time.GetUtcNow()) is RunMove.Write { What: "step_undoing" } undoing)
        {
            await control.Get<IRuns>().KeepAsync(undoing, StepEffects.Actor, Cancellation);
            await control.Get<StepEffects>().UndoAsync(undoing.Run, 0, Cancellation); // and then the process ended
        }

        run = await control.LookAsync(id);
        (run.State, await StandingAsync(control, incident)).ShouldBe((RunState.Ended, 0));
    }

    [Fact]
    public async Task What_somebody_ended_by_hand_is_seen_not_to_stand_and_the_run_is_taken_back()
    {
        await using var control = await RunbookControl.StartAsync("- {id: avoid, do: provider.avoid, safe: true, with: {provider: main}, verify: {measure: route_success, atLeast: 0.9, after: 5m} }");
        await control.TrustAsync();
        var id = (await control.BeginAsync()).ShouldBeDone().Id;
        (await control.LookAsync(id)).Steps.Single().State.ShouldBe(StepState.Done);
        await control.Get<EndMitigation>().RunAsync(ControlUnderTest.Admin, MitigationId.Of(id, "avoid"), Cancellation);
        control.Time.Advance(TimeSpan.FromMinutes(5));
        await control.LookAsync(id);
        control.Time.Advance(TimeSpan.FromMinutes(1));

        var run = await control.LookAsync(id);

        (run.State, run.IsBroken).ShouldBe((RunState.Failed, true));
        control.Told.All.Select(static one => one.Event).ShouldContain("runbook.failed");
    }

    [Fact]
    public async Task A_step_that_names_what_the_release_does_not_have_is_not_done_and_people_are_told()
    {
        await using var control = await RunbookControl.StartAsync("- {id: avoid, do: provider.avoid, safe: true, with: {provider: \"${which}\"} }", "parameters: [{name: which, usual: gone}]");
        await control.TrustAsync();
        var id = (await control.BeginAsync()).ShouldBeDone().Id;
        await control.LookAsync(id);
        control.Time.Advance(TimeSpan.FromMinutes(1));

        var run = await control.LookAsync(id);

        (run.State, run.Reason).ShouldBe((RunState.Failed, "Step 'avoid' could not be done: The release in force has no provider 'gone'."));
        control.Get<ISnapshots>().Current.Mitigations.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_incidents_timeline_tells_of_its_run_and_the_incident_is_mitigated_once_all_steps_are_verified()
    {
        await using var control = await RunbookControl.StartAsync(each[1]);
        await control.TrustAsync();
        var incident = await control.IncidentAsync();
        var id = (await control.BeginAsync(incident: incident)).ShouldBeDone().Id;

        await control.LookAsync(id);

        (await control.FoundAsync(incident)).Status.ShouldBe(IncidentStatus.Mitigated);
        var lines = (await control.Get<IIncidents>().TimelineAsync(incident, Cancellation)).Where(static entry => entry.Kind is IncidentEntryKind.Runbook).Select(static entry => entry.Text).ToList();
        lines[0].ShouldBe("Runbook own: step step is done. For now routes ask provider 'main' last.");
        lines[^1].ShouldStartWith("Runbook own: all steps are verified; what they did stands until");
    }

    [Fact]
    public async Task An_incident_that_is_closed_before_its_run_is_over_keeps_nothing_from_being_taken_back()
    {
        await using var control = await RunbookControl.StartAsync(each[1].Replace("step", "avoid", StringComparison.Ordinal) + "\n" + each[9]);
        await control.TrustAsync();
        var incident = await control.IncidentAsync("sev3");
        var id = (await control.BeginAsync(incident: incident)).ShouldBeDone().Id;
        (await control.LookAsync(id)).State.ShouldBe(RunState.Holding);
        foreach (var word in new[] { "resolve", "close" })
        {
            (await control.Get<ChangeIncident>().RunAsync(ControlUnderTest.Admin, incident, new() { Do = word, Text = "It is over." }, Cancellation)).ShouldBeDone();
        }

        control.Time.Advance(TimeSpan.FromHours(1));

        ((await control.LookAsync(id)).State, await StandingAsync(control, incident)).ShouldBe((RunState.Ended, 0));
    }

    [Fact]
    public async Task What_a_person_tells_developers_stays_before_and_after()
    {
        await using var control = await RunbookControl.StartAsync(each[9]);
        await control.TrustAsync();
        var incident = await control.IncidentAsync();
        (await control.Get<ChangeIncident>().RunAsync(ControlUnderTest.Admin, incident, new() { Do = "notice", Text = "Use the small model until noon." }, Cancellation)).ShouldBeDone();
        var id = (await control.BeginAsync(incident: incident)).ShouldBeDone().Id;

        var run = await control.LookAsync(id);

        (run.State, run.Steps.Single().State, (await control.FoundAsync(incident)).Notice).ShouldBe((RunState.Holding, StepState.Verified, "Use the small model until noon."));
        await control.Get<UndoRun>().RunAsync(ControlUnderTest.Admin, id, new("enough"), Cancellation);
        ((await control.LookAsync(id)).State, (await control.FoundAsync(incident)).Notice).ShouldBe((RunState.Ended, "Use the small model until noon."));
    }

    [Fact]
    public async Task A_run_that_is_taken_back_leaves_what_another_run_tells_developers()
    {
        await using var control = await RunbookControl.StartAsync("- {id: step, do: people.tell, safe: true, with: {text: \"Answers come from ${where}\"} }", "parameters: [{name: where, usual: elsewhere}]");
        await control.TrustAsync();
        var incident = await control.IncidentAsync();
        var first = (await control.BeginAsync(incident: incident)).ShouldBeDone().Id;
        await control.LookAsync(first);
        control.Time.Advance(TimeSpan.FromMinutes(1));
        var second = (await control.BeginAsync(incident: incident, values: new() { ["where"] = "afar" })).ShouldBeDone().Id;
        await control.LookAsync(second);
        (await control.FoundAsync(incident)).Notice.ShouldBe("Answers come from afar");

        await control.Get<UndoRun>().RunAsync(ControlUnderTest.Admin, second, new("enough"), Cancellation);
        await control.LookAsync(second);

        (await control.FoundAsync(incident)).Notice.ShouldBe("Answers come from elsewhere");
    }

    [Fact]
    public async Task What_goes_on_unasked_asks_once_its_drill_is_verified_no_more()
    {
        await using var control = await RunbookControl.StartAsync("- {id: ask, do: confirm, with: {question: Shall it} }\n" + each[1]);
        await control.TrustAsync();
        var id = (await control.BeginAsync()).ShouldBeDone().Id;
        await control.LookAsync(id);
        control.Time.Advance(TimeSpan.FromMinutes(1));
        await control.TrustAsync(passed: false);
        (await control.Get<AnswerStep>().RunAsync(ControlUnderTest.Admin, id, "ask", new(Yes: true, "go"), Cancellation)).ShouldBeDone();

        (await control.LookAsync(id)).Steps[1].State.ShouldBe(StepState.Waiting);
        control.Get<ISnapshots>().Current.Mitigations.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_done_after_its_run_was_taken_back_elsewhere_is_taken_back_too()
    {
        await using var control = await RunbookControl.StartAsync(each[1]);
        await control.TrustAsync();
        var id = (await control.BeginAsync()).ShouldBeDone().Id;
        var late = new LateMitigations(control.Get<IMitigationStore>(), async () =>
        {
            (await control.Get<UndoRun>().RunAsync(ControlUnderTest.Admin, id, new("enough"), Cancellation)).ShouldBeDone();
            (await control.LookAsync(id)).State.ShouldBe(RunState.Ended); // by the process that took the runs over
        });

        await late.CarryOut(control).LookAsync(Cancellation);

        (late.Made, control.Get<ISnapshots>().Current.Mitigations.All.Length).ShouldBe((1, 0));
    }

    [Fact]
    public async Task An_incident_is_mitigated_also_when_the_process_ended_once_its_run_held()
    {
        await using var control = await RunbookControl.StartAsync(each[1] + "\n- {id: ask, do: confirm, with: {question: Shall it} }");
        await control.TrustAsync();
        var incident = await control.IncidentAsync();
        var id = (await control.BeginAsync(incident: incident)).ShouldBeDone().Id;
        await control.LookAsync(id);
        await control.Get<AnswerStep>().RunAsync(ControlUnderTest.Admin, id, "ask", new(Yes: true, "go"), Cancellation);
        var holding = RunMachine.Next((await control.Get<IRuns>().FindAsync(id, Cancellation))!, control.Time.GetUtcNow()).ShouldBeOfType<RunMove.Write>();
        await control.Get<IRuns>().KeepAsync(holding, StepEffects.Actor, Cancellation); // and then the process ended

        await control.LookAsync(id);
        await control.LookAsync(id);

        (await control.FoundAsync(incident)).Status.ShouldBe(IncidentStatus.Mitigated);
        (await control.Get<IIncidents>().TimelineAsync(incident, Cancellation)).Count(static entry => entry.Text.Contains("all steps are verified", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task What_two_runs_tell_developers_is_told_until_the_second_is_taken_back()
    {
        await using var control = await RunbookControl.StartAsync(each[9]);
        await control.TrustAsync();
        var incident = await control.IncidentAsync();
        var ids = new[] { (await control.BeginAsync(incident: incident)).ShouldBeDone().Id, (await control.BeginAsync(incident: incident)).ShouldBeDone().Id };
        await control.LookAsync(ids[0]);
        var told = new List<string?>();
        foreach (var id in ids)
        {
            (await control.Get<UndoRun>().RunAsync(ControlUnderTest.Admin, id, new("enough"), Cancellation)).ShouldBeDone();
            (await control.LookAsync(id)).State.ShouldBe(RunState.Ended);
            told.Add((await control.FoundAsync(incident)).Notice);
        }

        told.ShouldBe(["Answers come from elsewhere", null]);
    }

    [Fact]
    public async Task Somebody_is_paged_once_of_a_step_that_cannot_be_taken_back()
    {
        await using var control = await RunbookControl.StartAsync(each[1]);
        await control.TrustAsync();
        var id = (await control.BeginAsync()).ShouldBeDone().Id;
        await control.LookAsync(id);
        (await control.Get<UndoRun>().RunAsync(ControlUnderTest.Admin, id, new("enough"), Cancellation)).ShouldBeDone();
        var stuck = new LateMitigations(control.Get<IMitigationStore>(), () => Task.CompletedTask, ends: false).CarryOut(control);

        await stuck.LookAsync(Cancellation);
        control.Told.All.ShouldNotContain(one => one.Event == "runbook.failed"); // it may pass
        for (var looks = 0; looks < 3; looks++)
        {
            control.Time.Advance(TimeSpan.FromMinutes(1));
            await stuck.LookAsync(Cancellation);
        }

        control.Told.All.Where(one => one.Event == "runbook.failed").ShouldHaveSingleItem().Text.ShouldContain("cannot take back its step");
        (await control.LookAsync(id)).State.ShouldBe(RunState.Undoing);
        control.Time.Advance(TimeSpan.FromMinutes(1));
        (await control.LookAsync(id)).State.ShouldBe(RunState.Ended); // it went on trying
    }

    [Fact]
    public async Task What_an_agent_calls_its_tool_mentions_nobody_in_a_chat()
    {
        await using var control = await RunbookControl.StartAsync("- {id: say, do: notify, with: {text: \"*${tool}* runs wild\"} }\n- {id: ask, do: confirm, with: {question: \"Is ${tool} ours\"} }", "parameters: [{name: tool, usual: \"<!channel>\"}]");
        await control.LookAsync((await control.BeginAsync(auto: false)).ShouldBeDone().Id);

        var texts = control.Told.Of("runbook").Select(static one => one.Text).ToList();
        texts[0].ShouldBe("*&lt;!channel&gt;* runs wild");
        texts[1].ShouldContain("Is &lt;!channel&gt; ours");
        texts[1].ShouldContain("Answer with: paddock runbook answer run_");
        texts[1].ShouldEndWith("ask yes --reason WHY");
    }

    /// <summary>How often the step did what it does.</summary>
    private static async Task<int> EffectsAsync(ControlUnderTest control, string incident)
    {
        var told = control.Told.All.Count(static one => one.Event == "runbook.said");
        var listed = (await control.Get<IRuns>().ListAsync(new(), Cancellation)).Count(static run => run.Steps[0].Says.StartsWith("Nothing changed", StringComparison.Ordinal));
        return told + listed + await StandingAsync(control, incident);
    }

    private static async Task<int> StandingAsync(ControlUnderTest control, string incident) =>
        control.Get<ISnapshots>().Current.Mitigations.All.Length
        + (await control.Get<IContainmentStore>().ListAsync(new() { State = ContainmentState.InForce }, Cancellation)).Length
        + ((await control.FoundAsync(incident)).Notice is null ? 0 : 1);
}
