using Paddock.Control.Alerts;
using Paddock.Control.Incidents;
using Paddock.Core.Incidents;
using static Paddock.Control.Tests.ControlUnderTest;

namespace Paddock.Control.Tests.Incidents;

/// <summary>What is said of incidents elsewhere: to developers in their agents, and among alerts.</summary>
public class OpenNoticesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task In_a_task_a_notice_is_taken_once_while_its_incident_is_open_and_another_text_is_another_notice()
    {
        await using var control = await StartAsync();
        (await TakeAsync(control, "task_1")).ShouldBeNull();
        var id = await OpenAsync(control, "Use the other model.");
        (await TakeAsync(control, "task_1")).ShouldBeNull(); // read a moment ago

        control.Time.Advance(OpenNotices.Fresh);
        (await TakeAsync(control, "task_1")).ShouldBe("Paddock: Use the other model.");
        (await TakeAsync(control, "task_1")).ShouldBeNull();
        (await TakeAsync(control, "task_2")).ShouldBe("Paddock: Use the other model.");
        (await Microsoft.Extensions.DependencyInjection.ActivatorUtilities.CreateInstance<OpenNotices>(control.Get<IServiceProvider>()).TakeAsync("task_1", Cancellation)).ShouldBeNull("another process knows of it, too");

        await DoAsync(control, id, new() { Do = "notice", Text = "It is slow, and answers." });
        await OpenAsync(control, "And the tools are away.");
        control.Time.Advance(OpenNotices.Fresh);
        (await TakeAsync(control, "task_1")).ShouldNotBeNull().Split('\n').ShouldBe(["Paddock: It is slow, and answers.", "Paddock: And the tools are away."], ignoreOrder: true);

        await DoAsync(control, id, new() { Do = "resolve", Text = "Over." });
        control.Time.Advance(OpenNotices.Fresh);
        (await TakeAsync(control, "task_3")).ShouldBe("Paddock: And the tools are away.");
    }

    [Fact]
    public async Task That_the_eta_of_an_incident_is_over_is_an_alert_which_opens_no_other_incident()
    {
        await using var control = await StartAsync();
        var id = await OpenAsync(control, notice: null);
        control.Time.Advance(TimeSpan.FromMinutes(45));
        (await OverdueAsync(control)).ShouldBeNull();

        control.Time.Advance(TimeSpan.FromSeconds(15));
        var alert = (await OverdueAsync(control)).ShouldNotBeNull();

        (alert.Severity, alert.State).ShouldBe(("page", "open"));
        alert.Says.ShouldBe($"Incidents whose ETA is over and that are not mitigated: 1 incident, above 0 since 12:45 UTC. {id} (sev2) of ada was to be mitigated by 2026-03-04 12:45 UTC.");
        (await control.Get<ListIncidents>().RunAsync(Admin, new(), Cancellation)).ShouldBeDone().Incidents.ShouldHaveSingleItem().Id.ShouldBe(id);

        await DoAsync(control, id, new() { Do = "mitigate", Text = "Switched over." });
        await OverdueAsync(control);
        control.Time.Advance(TimeSpan.FromMinutes(5));
        (await OverdueAsync(control)).ShouldBeNull();
    }

    private static Task<string?> TakeAsync(ControlUnderTest control, string task) => control.Get<IIncidentNotices>().TakeAsync(task, Cancellation);

    private static async Task<string> OpenAsync(ControlUnderTest control, string? notice)
    {
        await control.SignedInAsync("ada");
        return (await control.Get<OpenIncident>().RunAsync(Admin, new() { Title = "Nothing answers", Severity = "sev2", EtaSeconds = 2_700, Owner = "ada", Notice = notice }, Cancellation)).ShouldBeDone().Id;
    }

    private static async Task DoAsync(ControlUnderTest control, string id, IncidentChangeInput input) => (await control.Get<ChangeIncident>().RunAsync(Admin, id, input, Cancellation)).ShouldBeDone();

    /// <returns>The alert, after a look at both.</returns>
    private static async Task<AlertView?> OverdueAsync(ControlUnderTest control)
    {
        (await control.Get<WatchAlerts>().LookAsync(Cancellation)).ShouldBeTrue();
        await control.Get<WatchIncidents>().LookAsync(control.Get<WatchAlerts>().Open, Cancellation);
        return (await control.Get<ListAlerts>().RunAsync(Admin, new() { Open = true, Rule = "incident-overdue" }, Cancellation)).ShouldBeDone().Alerts.SingleOrDefault();
    }
}
