namespace Paddock.Core.Alerts.Detection;

/// <param name="Floor">What is usual is taken for at least this, so that the first events of a quiet hour are no anomaly.</param>
/// <param name="Chance">Fires where chance alone would bring so many less often than this.</param>
public sealed record TailBounds(double Floor = 1, double Chance = 1e-4);

/// <param name="Seen">Events in the window.</param>
/// <param name="Expected">What is usual in a window of that hour, or the floor.</param>
/// <param name="P">How likely at least so many are.</param>
/// <param name="Threshold">The chance below which it fires.</param>
/// <param name="Dispersion">By how much more than independent events they vary; <paramref name="P"/> allows for it.</param>
public sealed record TailVerdict(bool Fires, long Seen, double Expected, double P, double Threshold, double Dispersion);

/// <summary>A count that chance does not explain, by the tail of a Poisson distribution. Mutating tool calls of one (agent, tool) in 10 minutes, by the defaults.</summary>
public static class CountTail
{
    /// <summary>The window that the default bounds are meant for.</summary>
    public static TimeSpan Window { get; } = TimeSpan.FromMinutes(10);

    /// <param name="seen">Events in the window.</param>
    /// <param name="usual">Median of windows of the same length in the same hour of the days before; 0 when there are none.</param>
    /// <param name="dispersion">Of windows of the days before, by <see cref="Detection.Dispersion.OfCounts"/>; 1 takes each event for a chance of its own.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or none, or <paramref name="dispersion"/> is below 1.</exception>
    public static TailVerdict Judge(long seen, double usual, double dispersion = 1, TailBounds? bounds = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(seen);
        Dispersion.Check(dispersion);
        Finite.ThrowIfNot(usual);
        bounds ??= new();
        var expected = Math.Max(usual, bounds.Floor);
        var p = Tails.PoissonUpper((long)(seen / dispersion), expected / dispersion);
        return new(p < bounds.Chance, seen, expected, p, bounds.Chance, dispersion);
    }
}
