namespace Paddock.Core.Alerts.Detection;

/// <param name="Long">Shows that it matters.</param>
/// <param name="Short">Shows that it still goes on.</param>
/// <param name="Burn">Times the rate that spends the limit exactly by the end of the budget's window.</param>
public sealed record SpendWindow(TimeSpan Long, TimeSpan Short, double Burn)
{
    /// <summary>6 times, over an hour and a quarter of one.</summary>
    public static SpendWindow Hour { get; } = new(TimeSpan.FromHours(1), TimeSpan.FromMinutes(15), 6);
}

/// <param name="BurnLong">Times the rate that spends the limit exactly.</param>
/// <param name="BurnShort">Likewise, of the short window.</param>
/// <param name="Threshold">Both must be above it.</param>
/// <param name="Allowed">What the long window may spend at the threshold, in the unit of the limit.</param>
public sealed record SpendVerdict(bool Fires, double BurnLong, double BurnShort, double Threshold, double Allowed);

/// <summary>A spend budget burns too fast: needs no history, and is easily explained.</summary>
public static class SpendBurn
{
    /// <param name="spentLong">In the long window, in the unit of <paramref name="limit"/>.</param>
    /// <param name="spentShort">In the short window, likewise.</param>
    /// <param name="limit">Of the budget's window, above 0.</param>
    /// <param name="length">Of the budget's window.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number cannot be.</exception>
    public static SpendVerdict Judge(double spentLong, double spentShort, double limit, TimeSpan length, SpendWindow? window = null)
    {
        Finite.ThrowIfNot(spentLong);
        Finite.ThrowIfNot(spentShort);
        Finite.ThrowUnlessPositive(limit);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(length, TimeSpan.Zero);
        window ??= SpendWindow.Hour;
        var (burnLong, burnShort) = (spentLong / (limit * (window.Long / length)), spentShort / (limit * (window.Short / length)));
        return new(burnLong > window.Burn && burnShort > window.Burn, burnLong, burnShort, window.Burn, window.Burn * limit * (window.Long / length));
    }

    /// <summary>Whether it can fire before the limit is spent: not for a budget by the hour, whose limit stops everything long before.</summary>
    public static bool CanFire(TimeSpan length, SpendWindow? window = null) => (window ?? SpendWindow.Hour) is var w && w.Burn * (w.Long / length) < 1;
}
