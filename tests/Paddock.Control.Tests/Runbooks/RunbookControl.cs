using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Control.Runbooks;
using Paddock.Core.Incidents;
using Paddock.Core.Releases;
using Paddock.Core.Runbooks;
using Paddock.Core.Snapshot;

namespace Paddock.Control.Tests.Runbooks;

/// <summary>A control plane with two providers behind a route, and a runbook whose steps are one of each kind.</summary>
internal static class RunbookControl
{
    private const string Documents =
        """
        apiVersion: paddock/v1alpha1
        kind: Provider
        metadata: {name: main, owner: o}
        spec: {wires: [openai-chat], baseUrl: "https://one.example/v1", credentials: [{env: A}]}
        ---
        apiVersion: paddock/v1alpha1
        kind: Provider
        metadata: {name: other, owner: o}
        spec: {wires: [openai-chat], baseUrl: "https://two.example/v1", auth: {scheme: none}}
        ---
        apiVersion: paddock/v1alpha1
        kind: ModelRoute
        metadata: {name: best, owner: o}
        spec: {targets: [{provider: main}, {provider: other}]}
        """;

    private const string Guide = "guide: {trigger: a, hypothesis: a, immediate: a, control: a, verification: a, rollback: a, communication: a, learning: a}";
    private const string Drill = "drill: {faults: [provider_down], until: 40m, expect: {alertWithin: 6m, incidentWithin: 7m, mitigatedWithin: 20m, seen: [change_listed]} }";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="steps">Each a line that begins with <c>- {id: …</c>.</param>
    public static async Task<ControlUnderTest> StartAsync(string steps, string more = "")
    {
        var control = await ControlUnderTest.StartAsync();
        var runbook = $"\n---\napiVersion: paddock/v1alpha1\nkind: Runbook\nmetadata: {{name: own, owner: us}}\nspec:\n  {Guide}\n  {Drill}\n  {more}\n  steps:\n{string.Join('\n', steps.Split('\n').Select(static line => "  " + line.Trim()))}\n";
        var outcome = ReleaseLoader.Load([new("a.yaml", Documents + runbook)]);
        control.Get<ISnapshots>().Publish(SnapshotBuilder.Build((outcome as LoadOutcome.Loaded ?? throw new InvalidOperationException(((LoadOutcome.Rejected)outcome).Faults[0].ToString())).Content));
        return control;
    }

    /// <summary>A drill of the runbook passed now, or failed.</summary>
    public static Task TrustAsync(this ControlUnderTest control, bool passed = true) => control.Get<IDrillBook>().AddAsync(
        new() { Id = RunId.OfDrill(control.Time.GetUtcNow()), Runbook = "own", Digest = Own(control).Digest, Version = "1.0", At = control.Time.GetUtcNow(), Lines = [new("alert", passed, "")] }, Core.Audit.AuditActor.Local, Cancellation);

    public static Runbook Own(this ControlUnderTest control) => control.Get<ISnapshots>().Current.Runbooks.Single(static one => one.Name == "own");

    public static Task<Outcome<RunView>> BeginAsync(this ControlUnderTest control, bool auto = true, string? incident = null, Actor? actor = null, Dictionary<string, string>? values = null) =>
        control.Get<StartRun>().RunAsync(actor ?? ControlUnderTest.Admin, new() { Runbook = "own", Auto = auto, Incident = incident, Parameters = values ?? [] }, Cancellation);

    /// <summary>Carries runs on as far as they go now.</summary>
    public static async Task<Run> LookAsync(this ControlUnderTest control, string id)
    {
        await control.Get<CarryOutRuns>().LookAsync(Cancellation);
        return (await control.Get<IRuns>().FindAsync(id, Cancellation)).ShouldNotBeNull();
    }

    public static async Task<string> IncidentAsync(this ControlUnderTest control, string severity = "sev2")
    {
        await control.SignedInAsync("ada");
        var opened = await control.Get<Paddock.Control.Incidents.OpenIncident>().RunAsync(ControlUnderTest.Admin, new() { Title = "main fails", Severity = severity, EtaSeconds = 3_600, Owner = "ada" }, Cancellation);
        return opened.ShouldBeOfType<Outcome<Paddock.Control.Incidents.IncidentView>.Done>().Value.Id;
    }

    public static async Task<Incident> FoundAsync(this ControlUnderTest control, string id) => (await control.Get<IIncidents>().FindAsync(id, Cancellation)).ShouldNotBeNull();
}
