namespace Paddock.Testing.Alerts;

/// <summary>Draws from distributions. Seeded: the same seed draws the same.</summary>
public sealed class Chance(int seed)
{
    private readonly Random random = new(seed);

    /// <summary>By products of chances (D. Knuth), so for means up to some hundreds.</summary>
    public int Poisson(double mean)
    {
        var (count, end, product) = (0, Math.Exp(-mean), 1.0);
        while ((product *= 1 - random.NextDouble()) > end)
        {
            count++;
        }

        return count;
    }

    /// <summary>By the gaps between what happens.</summary>
    public int Binomial(int of, double rate)
    {
        if (rate is 0 or 1)
        {
            return rate == 0 ? 0 : of;
        }

        var (count, gaps) = (-1, Math.Log(1 - rate));
        for (var at = 0L; at <= of; at += 1 + (long)(Math.Log(1 - random.NextDouble()) / gaps))
        {
            count++;
        }

        return count;
    }

    /// <summary>1 or more, with a mean of <paramref name="mean"/>.</summary>
    public int Geometric(double mean)
    {
        var count = 1;
        while (random.NextDouble() > 1 / mean)
        {
            count++;
        }

        return count;
    }

    public double LogNormal(double median, double sigma) =>
        median * Math.Exp(sigma * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
