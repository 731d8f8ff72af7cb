namespace Paddock.Core.Alerts.Detection;

/// <summary>When there are too few events for a rate.</summary>
/// <param name="Events">Fewer in the long window are judged by count, not by rate.</param>
/// <param name="Bad">So many bad ones in the long window fire by count, if most events were bad.</param>
public sealed record BurnGuard(long Events = 20, long Bad = 5);

/// <param name="BurnLong">Times the rate that uses the error budget up exactly; 0 when nothing happened.</param>
/// <param name="BurnShort">Likewise, of the short window.</param>
/// <param name="Threshold">Both must be above it, unless it is by count.</param>
/// <param name="ByCount">There were too few events for a rate: counts were judged.</param>
public sealed record BurnVerdict(bool Fires, double BurnLong, double BurnShort, double Threshold, bool ByCount);

/// <summary>
/// Alerts on several windows and burn rates (Google, The Site Reliability Workbook, 2018, chapter 5): fires while the error budget burns
/// faster than the threshold in the long and in the short window.
/// <para>
/// With fewer events than <see cref="BurnGuard.Events"/> in the long window one failure would be a high rate. Then it fires by count: at least
/// <see cref="BurnGuard.Bad"/> bad ones in the long window, most of its events bad, and most of those in the short window bad, of which there
/// is at least one. So a service that is hardly used at night, and is down, still calls somebody; and stops to when it is well again.
/// </para>
/// </summary>
public static class ErrorBudgetBurn
{
    /// <param name="objective">Share of good events that is promised: above 0, below 1.</param>
    /// <param name="inLong">Events of the long window.</param>
    /// <param name="inShort">Events of the short window, which are also in the long one.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number cannot be.</exception>
    public static BurnVerdict Judge(double objective, BurnWindow window, Ratio inLong, Ratio inShort, BurnGuard? guard = null)
    {
        var budget = BudgetOf(objective);
        inLong.Check(nameof(inLong));
        inShort.Check(nameof(inShort));
        guard ??= new();
        var (burnLong, burnShort) = (inLong.Rate / budget, inShort.Rate / budget);
        var byCount = inLong.Total < guard.Events;
        var fires = byCount
            ? inLong.Bad >= guard.Bad && inLong.IsMostlyBad && inShort.IsMostlyBad
            : burnLong > window.Burn && burnShort > window.Burn;
        return new(fires, burnLong, burnShort, window.Burn, byCount);
    }

    /// <summary>
    /// Whether the window can fire by rate at all: an objective of 0.9 has a budget of a tenth, so that the highest burn there is, everything
    /// bad, is 10, and a threshold of 14.4 is never passed.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="objective"/> is not above 0 and below 1.</exception>
    public static bool CanFire(double objective, BurnWindow window) => 1 / BudgetOf(objective) > window.Burn;

    private static double BudgetOf(double objective) => objective is > 0 and < 1
        ? 1 - objective
        : throw new ArgumentOutOfRangeException(nameof(objective), objective, "An objective lies between 0 and 1.");
}
