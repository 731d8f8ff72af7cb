using System.Globalization;

namespace Paddock.Web.Kit;

/// <summary>Numbers as people read them at a glance.</summary>
internal static class FigureText
{
    /// <summary>Below a tenth with one decimal.</summary>
    public static string Share(double value) => (value * 100).ToString(value is > 0 and < 0.1 ? "0.0" : "0", CultureInfo.InvariantCulture) + " %";

    /// <summary>Seconds in the two units that matter.</summary>
    public static string Time(double seconds) => TimeSpan.FromSeconds(Math.Round(seconds)) switch
    {
        { TotalSeconds: < 90 } => seconds < 10 ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0.#} s") : string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s"),
        { TotalMinutes: < 60 } time => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0} min"),
        { TotalHours: < 48 } time => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes} min"),
        var time => string.Create(CultureInfo.InvariantCulture, $"{time.TotalDays:0.0} days"),
    };

    public static string Usd(double value) => "$" + value.ToString(value switch { 0 => "0", < 0.1 => "0.0000", < 100 => "0.00", _ => "#,0" }, CultureInfo.InvariantCulture);

    public static string Usd(decimal value) => Usd((double)value);

    public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Count(long count, string one, string many) => $"{Count(count)} {(count == 1 ? one : many)}";
}
