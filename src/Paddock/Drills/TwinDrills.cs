using Microsoft.Extensions.DependencyInjection;
using Paddock.Core.Audit;
using Paddock.Core.Runbooks;
using Paddock.Core.Snapshot;
using Paddock.Hosting;

namespace Paddock.Drills;

/// <summary>Rehearses runbooks, each in a twin of its own.</summary>
internal sealed class TwinDrills(ISnapshots inForce, TimeProvider time) : IDrills
{
    public string Version => PaddockVersion.Text;

    public Task<DrillResult> RunAsync(Runbook runbook, Action<string> tell, CancellationToken cancellationToken) => RunAsync(runbook, configure: null, tell, cancellationToken);

    /// <param name="configure">Breaks a part of the twin, to see that the drill notices.</param>
    internal async Task<DrillResult> RunAsync(Runbook runbook, Action<IServiceCollection>? configure, Action<string> tell, CancellationToken cancellationToken)
    {
        await using var twin = await Twin.StartAsync(runbook, inForce.Current, configure, cancellationToken);
        await TrustAsync(twin, twin.Runbook, cancellationToken);
        var rehearsal = new Rehearsal(twin, twin.Runbook, tell);
        var lines = await rehearsal.RunAsync(cancellationToken);
        var clock = rehearsal.Times;
        return Result(runbook, time.GetUtcNow()) with { Detected = clock.Since(clock.AlertAt), Mitigated = clock.Since(clock.MitigatedAt), Recovered = clock.Since(clock.RecoveredAt), Lines = [.. lines] };
    }

    /// <summary>In the twin the runbook counts as verified, or what it does unasked could never be rehearsed: for as long as the drill goes on, which is days of the twin's past.</summary>
    private async Task TrustAsync(Twin twin, Runbook runbook, CancellationToken cancellationToken) =>
        await twin.PumpAsync(twin.Get<IDrillBook>().AddAsync(Result(runbook, twin.Time.GetUtcNow().AddYears(1)), AuditActor.Of("system:drill"), cancellationToken));

    private DrillResult Result(Runbook runbook, DateTimeOffset at) => new() { Id = RunId.OfDrill(at), Runbook = runbook.Name, Digest = runbook.Digest, Version = Version, At = at, Lines = [] };
}
