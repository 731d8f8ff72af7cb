namespace Paddock.Core.Alerts.Detection;

/// <param name="AtLeast">Fewer never fire.</param>
/// <param name="Times">Fires above so many times what is usual.</param>
public sealed record SpikeBounds(long AtLeast = 10, double Times = 5);

/// <param name="Seen">Events in the window.</param>
/// <param name="Usual">What is usual in a window of that hour.</param>
/// <param name="AtLeast">Fewer never fire.</param>
/// <param name="Threshold">Fires above it: times what is usual.</param>
public sealed record SpikeVerdict(bool Fires, long Seen, double Usual, long AtLeast, double Threshold);

/// <summary>Many more events than is usual at that hour. Authentication failures (401 and 403) in 5 minutes, by the defaults.</summary>
public static class CountSpike
{
    /// <summary>The window that the default bounds are meant for.</summary>
    public static TimeSpan Window { get; } = TimeSpan.FromMinutes(5);

    /// <param name="seen">Events in the window.</param>
    /// <param name="usual">Median of windows of the same length in the same hour of the last 7 days; 0 when there are none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or none.</exception>
    public static SpikeVerdict Judge(long seen, double usual, SpikeBounds? bounds = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(seen);
        Finite.ThrowIfNot(usual);
        bounds ??= new();
        var threshold = bounds.Times * usual;
        return new(seen >= bounds.AtLeast && seen > threshold, seen, usual, bounds.AtLeast, threshold);
    }
}
