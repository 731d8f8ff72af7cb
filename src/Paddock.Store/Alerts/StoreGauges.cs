using System.Collections.Immutable;
using Paddock.Core.Alerts;
using Paddock.Store.Audit;

namespace Paddock.Store.Alerts;

/// <summary>The gauges of the store: how far the audit log is behind, and room on the disks.</summary>
internal sealed class StoreGauges(DiskWatch watch, IDiskSpace space, StoreOptions options) : IGauges
{
    public ImmutableArray<Gauge> Has => [Gauge.AuditLag, Gauge.DiskFree];

    public ValueTask<ImmutableArray<GaugeValue>> ReadAsync(Gauge gauge, CancellationToken cancellationToken) => new(gauge == Gauge.AuditLag ? [new("", watch.Behind.TotalSeconds)] : Room());

    private ImmutableArray<GaugeValue> Room() => options.SpoolDirectory.StartsWith(options.DataDirectory, StringComparison.Ordinal)
        ? [new("data", space.FreePercent(options.DataDirectory))]
        : [new("data", space.FreePercent(options.DataDirectory)), new("audit", space.FreePercent(options.SpoolDirectory))];
}
