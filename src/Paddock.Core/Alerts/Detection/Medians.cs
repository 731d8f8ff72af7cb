namespace Paddock.Core.Alerts.Detection;

/// <summary>The middle of values, and how far they lie from it: what a few wild values do not move.</summary>
public static class Medians
{
    /// <summary>A normal distribution's standard deviation is so many times its median absolute deviation: 1 / Φ⁻¹(3/4).</summary>
    public const double Consistent = 1.482602218505602;

    /// <summary>The middle value, or the mean of both middle ones; 0 of none. Orders the values.</summary>
    public static double Of(Span<double> values)
    {
        values.Sort();
        return values.Length switch
        {
            0 => 0,
            var n when n % 2 == 1 => values[n / 2],
            var n => (values[(n / 2) - 1] + values[n / 2]) / 2,
        };
    }

    /// <summary>Median absolute deviation from <paramref name="middle"/> as a standard deviation; 0 of none. Overwrites the values.</summary>
    public static double Deviation(Span<double> values, double middle)
    {
        foreach (ref var value in values)
        {
            value = Math.Abs(value - middle);
        }

        return Consistent * Of(values);
    }
}
