using System.Collections.Immutable;

namespace Paddock.Core.Alerts;

/// <summary>Reads some of the gauges. Each part of the product registers its own; all together read <see cref="Gauge.All"/>.</summary>
public interface IGauges
{
    /// <summary>Those that it reads.</summary>
    ImmutableArray<Gauge> Has { get; }

    /// <summary>As it is now, at this process. Asked every fifteen seconds while a rule looks at it, so what costs more than a moment is kept for a while.</summary>
    /// <returns>Nothing where it cannot be told.</returns>
    ValueTask<ImmutableArray<GaugeValue>> ReadAsync(Gauge gauge, CancellationToken cancellationToken);
}
