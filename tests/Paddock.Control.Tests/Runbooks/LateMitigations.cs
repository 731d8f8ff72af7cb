using Microsoft.Extensions.Logging.Abstractions;
using Paddock.Control.Incidents;
using Paddock.Control.Runbooks;
using Paddock.Core.Audit;
using Paddock.Core.Containments;
using Paddock.Core.Identity;
using Paddock.Core.Incidents;
using Paddock.Core.Mitigations;
using Paddock.Core.Notifications;
using Paddock.Core.Runbooks;
using Paddock.Core.Snapshot;

namespace Paddock.Control.Tests.Runbooks;

/// <summary>Mitigations of a process that stands still for a while just before it makes one.</summary>
/// <param name="meanwhileAsync">What others do then.</param>
/// <param name="ends">Whether it ends what it is told to end.</param>
internal sealed class LateMitigations(IMitigationStore store, Func<Task> meanwhileAsync, bool ends = true) : IMitigationStore
{
    public int Made { get; private set; }

    public async Task<bool> AddAsync(Mitigation mitigation, AuditActor by, CancellationToken cancellationToken)
    {
        await meanwhileAsync();
        Made++;
        return await store.AddAsync(mitigation, by, cancellationToken);
    }

    public Task<Mitigation?> EndAsync(string id, AuditActor by, CancellationToken cancellationToken) => ends ? store.EndAsync(id, by, cancellationToken) : store.FindAsync(id, cancellationToken);

    public Task<Mitigation?> FindAsync(string id, CancellationToken cancellationToken) => store.FindAsync(id, cancellationToken);

    public Task<MitigationSet> StandingAsync(CancellationToken cancellationToken) => store.StandingAsync(cancellationToken);

    /// <summary>What carries runs on in that process.</summary>
    public CarryOutRuns CarryOut(ControlUnderTest control)
    {
        var effects = new StepEffects(
            this, control.Get<IContainmentStore>(), control.Get<INotifications>(), control.Get<IIncidents>(), control.Get<IIdentities>(), control.Get<ISnapshots>(), control.Get<IRuns>(), control.Get<RecentChanges>(), control.Time);
        return new(
            control.Get<IRuns>(), effects, control.Get<RunChecks>(), control.Get<RunbookBook>(), control.Get<IIncidents>(), control.Get<IncidentBook>(), control.Get<INotifications>(), control.Time,
            NullLogger<CarryOutRuns>.Instance);
    }
}
