namespace Paddock.Core.Alerts.Detection;

/// <param name="Spend">At the end of the budget's window, in the unit of what was spent.</param>
/// <param name="Seasonal">The season was known.</param>
public sealed record SpendProjection(double Spend, bool Seasonal)
{
    /// <summary>Times the limit.</summary>
    public double Of(double limit) => Spend / limit;
}

/// <summary>What will have been spent when the budget's window ends, if it goes on like this.</summary>
public static class MonthEnd
{
    /// <summary>A part of the window that is too short to tell the rest by: about a day of a month.</summary>
    public const double LeastPart = 0.03;

    /// <summary>As if every hour were alike. Null in the first <see cref="LeastPart"/> of the window.</summary>
    /// <param name="spent">Since the window began.</param>
    /// <param name="elapsed">Since the window began.</param>
    /// <param name="length">Of the window.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number cannot be.</exception>
    public static SpendProjection? Linear(double spent, TimeSpan elapsed, TimeSpan length)
    {
        Check(spent, elapsed, length);
        return elapsed < length * LeastPart ? null : new(spent * (length / elapsed), false);
    }

    /// <summary>By the season: what is usual for the rest of the window, times as much more as was spent than is usual until now. Where nothing is usual until now, linear.</summary>
    /// <param name="spent">Since the window began.</param>
    /// <param name="usualSoFar">What is usual from the window's beginning until now.</param>
    /// <param name="usualRest">What is usual from now to the window's end.</param>
    /// <param name="elapsed">Since the window began.</param>
    /// <param name="length">Of the window.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number cannot be.</exception>
    public static SpendProjection? Seasonal(double spent, double usualSoFar, double usualRest, TimeSpan elapsed, TimeSpan length)
    {
        Finite.ThrowIfNot(usualSoFar);
        Finite.ThrowIfNot(usualRest);
        if (usualSoFar == 0)
        {
            return Linear(spent, elapsed, length);
        }

        Check(spent, elapsed, length);
        return elapsed < length * LeastPart ? null : new(spent + (usualRest * (spent / usualSoFar)), true);
    }

    private static void Check(double spent, TimeSpan elapsed, TimeSpan length)
    {
        Finite.ThrowIfNot(spent);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(length, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(elapsed, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(elapsed, length);
    }
}
