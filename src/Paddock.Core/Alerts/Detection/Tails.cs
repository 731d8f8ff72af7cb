namespace Paddock.Core.Alerts.Detection;

/// <summary>
/// Upper tails of counts: how likely so many are by chance alone. Right to 1e-9 of the value wherever it is above 1e-300. The tail is one
/// density, by saddle-point expansion (C. Loader, Fast and Accurate Computation of Binomial Probabilities, 2000), times a series of ratios
/// that are all positive; so nothing cancels, as it would between logarithms of gamma functions of millions. A tail that begins below the
/// mean is one less the other tail. Near the mean of n events the series has some 8 √n terms.
/// </summary>
public static class Tails
{
    /// <summary>More events, or a higher mean, are out of range: the series would be long.</summary>
    public const long MostEvents = 1_000_000_000_000;

    // Below so small a part of the sum further terms, which fall faster than a geometric series, do not show.
    private const double Negligible = 1e-18;

    /// <summary>P(X >= <paramref name="atLeast"/>) of a binomial X.</summary>
    /// <param name="atLeast">0 or more; above <paramref name="of"/> the answer is 0.</param>
    /// <param name="of">Trials, 0 to <see cref="MostEvents"/>.</param>
    /// <param name="rate">Probability of each, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside of these.</exception>
    public static double BinomialUpper(long atLeast, long of, double rate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(atLeast);
        ArgumentOutOfRangeException.ThrowIfNegative(of);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(of, MostEvents);
        if (!(rate is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "A probability lies between 0 and 1.");
        }

        return (atLeast, rate) switch
        {
            (0, _) => 1,
            _ when atLeast > of => 0,
            (_, 0) => 0,
            (_, 1) => 1,
            _ when atLeast > of * rate => Math.Min(1, From(atLeast, of, rate)),
            _ => Math.Max(0, 1 - To(atLeast - 1, of, rate)),
        };
    }

    /// <summary>P(X >= <paramref name="atLeast"/>) of a Poisson X.</summary>
    /// <param name="atLeast">0 or more.</param>
    /// <param name="mean">0 to <see cref="MostEvents"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside of these.</exception>
    public static double PoissonUpper(long atLeast, double mean)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(atLeast);
        if (!(mean is >= 0 and <= MostEvents))
        {
            throw new ArgumentOutOfRangeException(nameof(mean), mean, "A mean lies between 0 and a million million.");
        }

        return (atLeast, mean) switch
        {
            (0, _) => 1,
            (_, 0) => 0,
            _ when atLeast > mean => Math.Min(1, From(atLeast, mean)),
            _ => Math.Max(0, 1 - To(atLeast - 1, mean)),
        };
    }

    private static double From(long least, long of, double rate)
    {
        var (sum, term, odds) = (1.0, 1.0, rate / (1 - rate));
        for (var k = least; k < of && term > sum * Negligible; k++)
        {
            term *= (of - k) / (k + 1.0) * odds;
            sum += term;
        }

        return Densities.Binomial(least, of, rate) * sum;
    }

    private static double To(long most, long of, double rate)
    {
        var (sum, term, odds) = (1.0, 1.0, (1 - rate) / rate);
        for (var k = most; k > 0 && term > sum * Negligible; k--)
        {
            term *= k / (of - k + 1.0) * odds;
            sum += term;
        }

        return Densities.Binomial(most, of, rate) * sum;
    }

    private static double From(long least, double mean)
    {
        var (sum, term) = (1.0, 1.0);
        for (var k = (double)least; term > sum * Negligible; k++)
        {
            term *= mean / (k + 1);
            sum += term;
        }

        return Densities.Poisson(least, mean) * sum;
    }

    private static double To(long most, double mean)
    {
        var (sum, term) = (1.0, 1.0);
        for (var k = (double)most; k > 0 && term > sum * Negligible; k--)
        {
            term *= k / mean;
            sum += term;
        }

        return Densities.Poisson(most, mean) * sum;
    }
}
