namespace Paddock.Core.Tests.Budgets;

/// <summary>Time zones made here, because a bare machine may have none.</summary>
internal static class Zones
{
    /// <summary>Central Europe: one hour ahead, two from the last Sunday of March to that of October.</summary>
    public static readonly TimeZoneInfo Berlin = Make("Berlin", TimeSpan.FromHours(1), TimeSpan.FromHours(1), (3, 5, 2), (10, 5, 3));

    /// <summary>Its clocks go forward at midnight, so that some days begin at one.</summary>
    public static readonly TimeZoneInfo SkipsMidnight = Make("Skips midnight", TimeSpan.FromHours(-4), TimeSpan.FromHours(1), (9, 1, 0), (4, 1, 0));

    /// <summary>Half an hour of summer time, on an odd offset.</summary>
    public static readonly TimeZoneInfo LordHowe = Make("Lord Howe", TimeSpan.FromHours(10.5), TimeSpan.FromMinutes(30), (10, 1, 2), (4, 1, 2));

    public static readonly TimeZoneInfo Kathmandu = TimeZoneInfo.CreateCustomTimeZone("Kathmandu", new(5, 45, 0), null, null);

    public static readonly TimeZoneInfo[] All = [TimeZoneInfo.Utc, Berlin, SkipsMidnight, LordHowe, Kathmandu];

    private static TimeZoneInfo Make(string name, TimeSpan offset, TimeSpan summer, (int Month, int Week, int Hour) on, (int Month, int Week, int Hour) off) =>
        TimeZoneInfo.CreateCustomTimeZone(name, offset, name, name, name,
        [
            TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(DateTime.MinValue.Date, DateTime.MaxValue.Date, summer, Change(on), Change(off)),
        ]);

    private static TimeZoneInfo.TransitionTime Change((int Month, int Week, int Hour) at) =>
        TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, at.Hour, 0, 0), at.Month, at.Week, DayOfWeek.Sunday);
}
