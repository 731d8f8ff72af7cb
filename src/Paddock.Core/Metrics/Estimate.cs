namespace Paddock.Core.Metrics;

/// <summary>A value, how much it is made of, and where the true one lies in 95 of 100 cases.</summary>
/// <param name="Value">Null when there is nothing to tell it from.</param>
/// <param name="N">How many observations it is made of.</param>
/// <param name="Low">Lower end of the interval; null when none can be told.</param>
/// <param name="High">Its upper end.</param>
public sealed record Estimate(double? Value, long N, double? Low, double? High)
{
    /// <summary>Below so many observations a value says more about chance than about agents; pages do not show it.</summary>
    public const int Telling = 20;

    /// <summary>97.5th percentile of the normal distribution.</summary>
    private const double Z = 1.959963984540054;

    public bool IsTelling => N >= Telling;

    /// <summary>A share, with Wilson's score interval (E. B. Wilson, JASA 22, 1927, pp. 209-212).</summary>
    /// <param name="part">0 to <paramref name="whole"/>.</param>
    public static Estimate Share(long part, long whole)
    {
        if (whole <= 0)
        {
            return new(null, 0, null, null);
        }

        var (n, p) = ((double)whole, (double)part / whole);
        var middle = (p + (Z * Z / (2 * n))) / (1 + (Z * Z / n));
        var half = Z / (1 + (Z * Z / n)) * Math.Sqrt((p * (1 - p) / n) + (Z * Z / (4 * n * n)));
        return new(p, whole, part == 0 ? 0 : Math.Max(0, middle - half), part == whole ? 1 : Math.Min(1, middle + half));
    }

    /// <summary>A quantile in seconds, right within 1 %, with the interval of its order statistics (normal approximation of the binomial).</summary>
    /// <param name="bins">By <see cref="DurationBins"/>.</param>
    /// <param name="q">0 to 1.</param>
    public static Estimate Quantile(IReadOnlyDictionary<int, long> bins, double q)
    {
        var n = bins.Values.Sum();
        var rank = Math.Max(0, (long)Math.Ceiling(q * n) - 1);
        var reach = Z * Math.Sqrt(n * q * (1 - q));
        return new(Seconds(rank), n, Seconds(Math.Max(0, Math.Floor((q * n) - reach) - 1)), Seconds(Math.Min(Math.Max(0, n - 1), Math.Ceiling((q * n) + reach))));

        double? Seconds(double at) => n == 0 ? null : DurationBins.At(bins, at)?.TotalSeconds;
    }

    /// <summary>
    /// What is spent, in USD, for one success: a ratio of sums, with the interval of the delta method (W. G. Cochran, Sampling Techniques,
    /// 3rd ed., 1977, §6.3) over the ended tasks of the same time.
    /// </summary>
    /// <param name="spent">All spend, in USD.</param>
    public static Estimate PerSuccess(double spent, Tally tally)
    {
        var (n, successes) = (tally.Ended, tally.Succeeded);
        if (successes <= 0)
        {
            return new(null, 0, null, null);
        }

        var ratio = spent / successes;
        if (n < 2)
        {
            return new(ratio, successes, null, null);
        }

        // With y = 1 for a success and 0 for another: sum of (c - r y)² = sum c² - 2 r (sum of c over successes) + r² successes; r of the tasks themselves.
        var own = tally[TaskCount.EndedNanoUsd] / 1e9 / successes;
        var squares = tally.EndedCostSquares - (2 * own * tally[TaskCount.SucceededNanoUsd] / 1e9) + (own * own * successes);
        var half = Z * Math.Sqrt(Math.Max(0, squares) * n / (n - 1)) / successes;
        return new(ratio, successes, Math.Max(0, ratio - half), ratio + half);
    }
}
