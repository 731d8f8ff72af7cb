using System.Collections.Immutable;

namespace Paddock.Core.Alerts.Detection;

/// <summary>How fast an error budget may burn, over a long window that shows that it matters and a short one that shows that it still goes on.</summary>
/// <param name="Burn">Times the rate that would use the error budget up exactly at the end of the objective's window.</param>
public sealed record BurnWindow(TimeSpan Long, TimeSpan Short, double Burn, AlertSeverity Severity)
{
    /// <summary>
    /// For an objective over 30 days, the most urgent first (Google, The Site Reliability Workbook, 2018, chapter 5, table 5-8): 2 % of the
    /// error budget in an hour, 5 % in six hours, 10 % in three days.
    /// </summary>
    public static ImmutableArray<BurnWindow> Workbook { get; } =
    [
        new(TimeSpan.FromHours(1), TimeSpan.FromMinutes(5), 14.4, AlertSeverity.Page),
        new(TimeSpan.FromHours(6), TimeSpan.FromMinutes(30), 6, AlertSeverity.Page),
        new(TimeSpan.FromDays(3), TimeSpan.FromHours(6), 1, AlertSeverity.Ticket),
    ];
}
