using Paddock.Control.Runbooks;
using Paddock.Core.Identity;
using static Paddock.Control.Tests.ControlUnderTest;

namespace Paddock.Control.Tests.Runbooks;

public class RunDrillTests
{
    private const string Name = "backlog";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_drill_that_was_started_goes_on_without_whoever_started_it_and_its_result_is_kept()
    {
        await using var control = await StartAsync();
        using var request = new CancellationTokenSource();

        (await control.Get<RunDrill>().StartAsync(Admin, Name, request.Token)).ShouldBeDone().Runbook.ShouldBe(Name);
        await request.CancelAsync(); // the page has gone away
        await control.Drills.Begun.WaitAsync(Cancellation);

        var running = (await control.Get<RunDrill>().StatusAsync(Admin, Name, Cancellation)).ShouldBeDone();
        running.Running.ShouldNotBeNull().Lines.ShouldBe(["Something goes wrong."]);
        running.Drills.ShouldBeEmpty();
        (await control.Get<RunDrill>().StartAsync(Admin, "unsafe-output", Cancellation)).ShouldBeConflict();
        (await control.Get<RunDrill>().RunAsync(Admin, Name, Cancellation)).ShouldBeConflict();

        control.Drills.Pass();
        var over = await OverAsync(control);
        over.Drills.ShouldHaveSingleItem().Passed.ShouldBeTrue();
        over.Broke.ShouldBeNull();
        (await control.Get<ListRunbooks>().RunAsync(Admin, Cancellation)).ShouldBeDone().Runbooks.Single(static one => one.Name == Name).Badge.ShouldBe("verified");
    }

    [Fact]
    public async Task A_drill_that_breaks_behind_is_told_of_by_its_own_runbook_and_the_next_may_begin()
    {
        await using var control = await StartAsync();
        (await control.Get<RunDrill>().StartAsync(Admin, Name, Cancellation)).ShouldBeDone();

        control.Drills.Break("There is no room on the disk.");

        (await OverAsync(control)).Broke.ShouldBe("There is no room on the disk.");
        (await control.Get<RunDrill>().StatusAsync(Admin, "unsafe-output", Cancellation)).ShouldBeDone().Broke.ShouldBeNull();
        (await control.Get<RunDrill>().StartAsync(Admin, "unsafe-output", Cancellation)).ShouldBeDone();
    }

    [Fact]
    public async Task A_server_that_stops_breaks_a_drill_off_and_waits_for_it()
    {
        var control = await StartAsync();
        (await control.Get<RunDrill>().StartAsync(Admin, Name, Cancellation)).ShouldBeDone();
        await control.Drills.Begun.WaitAsync(Cancellation);

        await control.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
    }

    [Fact]
    public async Task What_else_there_is_of_runbooks_takes_the_role_too()
    {
        await using var control = await StartAsync();
        var (drill, runs, input) = (control.Get<RunDrill>(), control.Get<ShowRuns>(), new RunInput { Runbook = "none" });
        foreach (var (enough, use) in new (ControlRoles, Func<Actor, Task<object>>)[]
        {
            (ControlRoles.Operator, async actor => await drill.StartAsync(actor, "none", Cancellation)), (ControlRoles.Viewer, async actor => await drill.StatusAsync(actor, "none", Cancellation)),
            (ControlRoles.Viewer, async actor => await runs.ListAsync(actor, new(), Cancellation)), (ControlRoles.Viewer, async actor => await runs.ShowAsync(actor, "none", Cancellation)),
            (ControlRoles.Viewer, async actor => await control.Get<StartRun>().PreviewAsync(actor, input, Cancellation)),
        })
        {
            (await use(new("usr_x", ControlRoles.Admin & ~enough))).GetType().Name.ShouldBe("Forbidden");
            (await use(new("usr_x", enough))).GetType().Name.ShouldNotBe("Forbidden");
        }
    }

    /// <summary>Looks until no drill runs.</summary>
    private static async Task<DrillStatus> OverAsync(ControlUnderTest control)
    {
        for (; ; await Task.Yield())
        {
            if ((await control.Get<RunDrill>().StatusAsync(Admin, Name, Cancellation)).ShouldBeDone() is { Running: null } over)
            {
                return over;
            }
        }
    }
}
