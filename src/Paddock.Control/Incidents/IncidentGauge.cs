using System.Collections.Immutable;
using Paddock.Core.Alerts;
using Paddock.Core.Containments;
using Paddock.Core.Identity;
using Paddock.Core.Incidents;

namespace Paddock.Control.Incidents;

/// <summary>Counts incidents whose ETA is over, and names the gravest.</summary>
internal sealed class IncidentGauge(IIncidents incidents, IIdentities identities, TimeProvider time) : IGauges
{
    private const int Most = 1_000, Named = 3;

    public ImmutableArray<Gauge> Has => [Gauge.IncidentsOverdue];

    public async ValueTask<ImmutableArray<GaugeValue>> ReadAsync(Gauge gauge, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var late = (await incidents.ListAsync(new() { Open = true, Limit = Most }, cancellationToken)).Where(one => one.IsOverdue(now)).OrderBy(static one => one.Severity).ThenBy(static one => one.Eta).ToList();
        return [new("", late.Count, late.Count == 0 ? null : string.Join(' ', late.Take(Named).Select(SayOf)))];
    }

    private string SayOf(Incident one) => $"{one.Id} ({IncidentMachine.Name(one.Severity)}) of {ContainmentNames.UserOf(one.Owner, identities.Current)} was to be mitigated by {IncidentMachine.Time(one.Eta)}.";
}
