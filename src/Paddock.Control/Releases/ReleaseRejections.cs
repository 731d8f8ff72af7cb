using System.Collections.Concurrent;
using System.Collections.Immutable;
using Paddock.Core.Alerts;
using Paddock.Core.Releases;

namespace Paddock.Control.Releases;

/// <summary>Whether the newest files that came from somewhere were not taken as a release. Known to the process that they came to.</summary>
public sealed class ReleaseRejections : IGauges
{
    private const string System = "system:";

    private readonly ConcurrentDictionary<string, string?> details = new(StringComparer.Ordinal);

    public ImmutableArray<Gauge> Has => [Gauge.ReleaseRejected];

    public ValueTask<ImmutableArray<GaugeValue>> ReadAsync(Gauge gauge, CancellationToken cancellationToken) =>
        new([.. details.OrderBy(static one => one.Key, StringComparer.Ordinal).Select(static one => new GaugeValue(one.Key, one.Value is null ? 0 : 1, one.Value))]);

    internal void Taken(Actor by) => details[OriginOf(by)] = null;

    /// <param name="faults">At least one.</param>
    internal void Rejected(Actor by, IReadOnlyList<ReleaseFault> faults) =>
        details[OriginOf(by)] = $"{(faults.Count == 1 ? "Its fault" : $"The first of {faults.Count} faults")}: {faults[0]}";

    private static string OriginOf(Actor by) => by.Id.StartsWith(System, StringComparison.Ordinal) ? by.Id[System.Length..] : "import";
}
