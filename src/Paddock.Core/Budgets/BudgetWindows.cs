namespace Paddock.Core.Budgets;

/// <summary>
/// Where windows begin and end in a time zone. They follow each other without gap or overlap, whatever the clocks do: a day is 23 or
/// 25 hours long when they change. Every boundary is a full quarter of an hour in UTC, because every zone's offset is one.
/// </summary>
public static class BudgetWindows
{
    /// <summary>The window a moment lies in.</summary>
    public static WindowSpan Of(BudgetWindow window, TimeZoneInfo zone, DateTimeOffset at) => window switch
    {
        BudgetWindow.Hour => Hour(zone, at),
        BudgetWindow.Total => new(DateTimeOffset.MinValue, DateTimeOffset.MaxValue),
        _ => Days(window, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime), zone),
    };

    /// <summary>Hours are always 60 minutes and begin on the full hour of the zone's standard time, so that a change of the clocks neither doubles nor halves one.</summary>
    private static WindowSpan Hour(TimeZoneInfo zone, DateTimeOffset at)
    {
        var past = (at.UtcTicks + zone.BaseUtcOffset.Ticks) % TimeSpan.TicksPerHour;
        var start = new DateTimeOffset(at.UtcTicks - past, TimeSpan.Zero);
        return new(start, start.AddHours(1));
    }

    private static WindowSpan Days(BudgetWindow window, DateOnly date, TimeZoneInfo zone)
    {
        var (first, next) = window switch
        {
            BudgetWindow.Day => (date, date.AddDays(1)),
            BudgetWindow.Week => (Monday(date), Monday(date).AddDays(7)),
            BudgetWindow.Month => (new DateOnly(date.Year, date.Month, 1), new DateOnly(date.Year, date.Month, 1).AddMonths(1)),
            _ => throw new ArgumentOutOfRangeException(nameof(window)),
        };
        return new(Begin(first, zone), Begin(next, zone));
    }

    private static DateOnly Monday(DateOnly date) => date.AddDays(-(((int)date.DayOfWeek + 6) % 7));

    /// <summary>The first moment of a day.</summary>
    private static DateTimeOffset Begin(DateOnly date, TimeZoneInfo zone)
    {
        var local = date.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(15); // the clocks skip midnight: the day begins where they land
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new(local.Ticks - offset.Ticks, TimeSpan.Zero);
    }
}
