namespace Paddock.Core.Metrics;

/// <summary>
/// Counts durations in bins whose width grows with their value, so that any quantile is told within 1 % (the sketch of Masson, Rim and Lee,
/// "DDSketch", VLDB 2019, §2, with α = 0.01) and two can be added. Bin 0 holds everything up to a millisecond.
/// </summary>
public static class DurationBins
{
    private const double Accuracy = 0.01;
    private const double Gamma = (1 + Accuracy) / (1 - Accuracy);
    private static readonly double logGamma = Math.Log(Gamma);

    public static int Of(TimeSpan duration) => duration.TotalMilliseconds <= 1 ? 0 : (int)Math.Ceiling(Math.Log(duration.TotalMilliseconds) / logGamma);

    /// <summary>The value that is at most 1 % off all durations of a bin.</summary>
    public static TimeSpan Middle(int bin) => bin == 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(2 * Math.Pow(Gamma, bin) / (Gamma + 1));

    /// <summary>The duration at a place among all, in order.</summary>
    /// <param name="rank">From 0; outside, the nearest.</param>
    public static TimeSpan? At(IReadOnlyDictionary<int, long> bins, double rank)
    {
        var seen = 0L;
        TimeSpan? last = null;
        foreach (var (bin, count) in bins.OrderBy(static one => one.Key))
        {
            seen += count;
            last = Middle(bin);
            if (seen > rank)
            {
                return last;
            }
        }

        return last;
    }
}
