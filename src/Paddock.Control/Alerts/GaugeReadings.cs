using System.Collections.Concurrent;
using System.Collections.Immutable;
using Paddock.Core.Alerts;

namespace Paddock.Control.Alerts;

/// <summary>What gauges showed at the last look that asked for them: each is read once in a look, however many rules look at it.</summary>
public sealed class GaugeReadings(IEnumerable<IGauges> sources)
{
    private readonly ImmutableArray<IGauges> sources = [.. sources];
    private readonly ConcurrentDictionary<Gauge, (DateTimeOffset At, ImmutableArray<GaugeValue> Values)> read = new();

    /// <summary>Those that were read, with their values.</summary>
    public IEnumerable<KeyValuePair<Gauge, ImmutableArray<GaugeValue>>> Last => read.Select(static one => KeyValuePair.Create(one.Key, one.Value.Values));

    /// <param name="at">Of the look.</param>
    internal async ValueTask<ImmutableArray<GaugeValue>> ReadAsync(Gauge gauge, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (read.TryGetValue(gauge, out var known) && known.At == at)
        {
            return known.Values;
        }

        read.TryRemove(gauge, out _); // what cannot be read now is not shown as it was
        var values = sources.FirstOrDefault(one => one.Has.Contains(gauge)) is { } source ? await source.ReadAsync(gauge, cancellationToken) : [];
        read[gauge] = (at, values);
        return values;
    }

    /// <summary>Another process looks from now on.</summary>
    internal void Forget() => read.Clear();
}
