using System.Globalization;
using Paddock.Core.Alerts;
using Paddock.Core.Budgets;

namespace Paddock.Control.Alerts.Judging;

/// <summary>Numbers and times in an alert's sentence.</summary>
internal static class AlertText
{
    public static string Count(double value) => value.ToString(value is > -10 and < 10 && value % 1 != 0 ? "0.0" : "#,0", CultureInfo.InvariantCulture);

    /// <summary>A limit, as its rule says it.</summary>
    public static string Limit(double value) => ((decimal)value).ToString("#,0.############", CultureInfo.InvariantCulture);

    /// <summary>A value beyond a limit: as short as <see cref="Count(double)"/> has it, unless it seems not to be beyond then.</summary>
    /// <param name="isMet">Whether a value is beyond it.</param>
    public static string Beyond(double value, Func<double, bool> isMet)
    {
        var shown = Count(value);
        return isMet(double.Parse(shown, CultureInfo.InvariantCulture)) ? shown : value.ToString("#,0.######", CultureInfo.InvariantCulture);
    }

    /// <summary>An objective, as its document says it: one of 99.5 % is not one of 100 %.</summary>
    public static string Objective(double share) => Limit((double)((decimal)share * 100)) + " %";

    /// <summary>A unit behind a number, as it is shown: one of several is one.</summary>
    public static string Unit(string unit, string shown) => shown is "1" && unit.EndsWith('s') ? unit[..^1] : unit;

    public static string Share(double value) => (value * 100).ToString(value < 0.1 ? "0.#" : "0", CultureInfo.InvariantCulture) + " %";

    public static string Times(double value) => value.ToString(value < 10 ? "0.#" : "0", CultureInfo.InvariantCulture) + " times";

    public static string Usd(double value) => "$" + value.ToString("#,0.00", CultureInfo.InvariantCulture);

    public static string Span(TimeSpan span) => span switch
    {
        { TotalMinutes: 1 } => "minute",
        { TotalMinutes: < 60 } => $"{Count(span.TotalMinutes)} minutes",
        { TotalMinutes: 60 } => "hour",
        { TotalHours: < 48 } => $"{Count(span.TotalHours)} hours",
        _ => $"{Count(span.TotalDays)} days",
    };

    public static string Of(BudgetWindow window) => window switch
    {
        BudgetWindow.Hour => "hour",
        BudgetWindow.Day => "day",
        BudgetWindow.Week => "week",
        _ => "month",
    };

    public static string Of(SignalCount count) => $"{Count(count.Bad)} of {Count(count.Total)}";

    public static KeyValuePair<string, string> Fact(string name, double value) => new(name, value.ToString("0.######", CultureInfo.InvariantCulture));
}
