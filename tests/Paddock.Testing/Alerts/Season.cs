namespace Paddock.Testing.Alerts;

/// <summary>How busy a company's developers are, by the time of the week: 1 at the busiest.</summary>
public static class Season
{
    /// <summary>A Monday.</summary>
    public static readonly DateTimeOffset Begin = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Somebody, or something that is scheduled, always works.</summary>
    private const double Night = 0.1, Weekend = 0.12;

    public static double At(DateTimeOffset moment)
    {
        var hour = moment.TimeOfDay.TotalHours;
        var work = Slope(hour, 6.5, 9.5) * (1 - Slope(hour, 16.5, 20)) * (1 - (0.3 * Slope(hour, 11.5, 12.5) * (1 - Slope(hour, 12.75, 13.75))));
        var day = moment.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? Weekend : 1;
        return Night + ((1 - Night) * work * day);
    }

    /// <summary>Of a whole week.</summary>
    public static double Mean { get; } = Enumerable.Range(0, 7 * 24 * 60).Average(minute => At(Begin.AddMinutes(minute)));

    // Half a wave of a cosine from 0 to 1.
    private static double Slope(double hour, double from, double to) => (1 - Math.Cos(Math.PI * Math.Clamp((hour - from) / (to - from), 0, 1))) / 2;
}
