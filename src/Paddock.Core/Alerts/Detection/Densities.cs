namespace Paddock.Core.Alerts.Detection;

/// <summary>Single probabilities of counts, by the saddle-point expansion of C. Loader (Fast and Accurate Computation of Binomial Probabilities, 2000).</summary>
internal static class Densities
{
    private static readonly double[] smallErrors = SmallErrors();

    /// <param name="k">0 to <paramref name="n"/>.</param>
    /// <param name="p">Above 0, below 1.</param>
    public static double Binomial(long k, long n, double p)
    {
        if (k == 0)
        {
            return Math.Exp(n * LogOfOnePlus(-p));
        }

        if (k == n)
        {
            return Math.Exp(n * (p > 0.5 ? LogOfOnePlus(p - 1) : Math.Log(p)));
        }

        var (x, y, all) = ((double)k, (double)(n - k), (double)n);
        var exponent = StirlingError(n) - StirlingError(k) - StirlingError(n - k) - Deviance(x, all * p) - Deviance(y, all * (1 - p));
        return Math.Exp(exponent) * Math.Sqrt(all / (2 * Math.PI * x * y));
    }

    /// <param name="k">0 or more.</param>
    /// <param name="mean">Above 0.</param>
    public static double Poisson(long k, double mean) =>
        k == 0 ? Math.Exp(-mean) : Math.Exp(-StirlingError(k) - Deviance(k, mean)) / Math.Sqrt(2 * Math.PI * k);

    /// <summary>What Stirling's formula for ln n! leaves out.</summary>
    private static double StirlingError(long n)
    {
        if (n < smallErrors.Length)
        {
            return smallErrors[n];
        }

        var square = (double)n * n;
        return ((1 / 12.0) - (((1 / 360.0) - (((1 / 1260.0) - (((1 / 1680.0) - (1 / 1188.0 / square)) / square)) / square)) / square)) / n;
    }

    private static double[] SmallErrors()
    {
        var (errors, factorial) = (new double[16], 1.0);
        for (var n = 1; n < errors.Length; n++)
        {
            factorial *= n;
            errors[n] = Math.Log(factorial) - ((n + 0.5) * Math.Log(n)) + n - (0.5 * Math.Log(2 * Math.PI));
        }

        return errors;
    }

    /// <summary>x ln(x/mean) + mean - x, without cancelling where they are close.</summary>
    private static double Deviance(double x, double mean)
    {
        var difference = x - mean;
        if (Math.Abs(difference) >= 0.1 * (x + mean))
        {
            return (x * Math.Log(x / mean)) + mean - x;
        }

        var v = difference / (x + mean);
        var (sum, power, square) = (difference * v, 2 * x * v, v * v);
        for (var odd = 3; ; odd += 2)
        {
            power *= square;
            var next = sum + (power / odd);
            if (next == sum)
            {
                return sum;
            }

            sum = next;
        }
    }

    /// <summary>ln(1 + x) for small x, too (W. Kahan).</summary>
    private static double LogOfOnePlus(double x)
    {
        var sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * (x / (sum - 1));
    }
}
