using Paddock.Core.Alerts;
using Paddock.Core.Alerts.Detection;

namespace Paddock.Testing.Alerts;

/// <summary>
/// Alerts on a provider's availability. Calls come by chance (Poisson) each minute as the season has it, and 0.2 % of them fail; a fault makes
/// a part of them fail. Judged each minute.
/// </summary>
public static class CallQuality
{
    private const double FailsAnyway = 0.002;

    private static readonly TimeSpan sample = TimeSpan.FromMinutes(1);

    public static IReadOnlyList<Fault> Faults { get; } =
    [
        new("100 %", 10, 12, 1),
        new("100 % at 03:00", 3, 4, 1),
        new("20 %", 10, 12, 0.2),
        new("5 %", 10, 12, 0.05),
    ];

    /// <param name="busy">Calls per minute of the busiest time.</param>
    public static IReadOnlyList<QualityRow> Measure(double objective, double busy) =>
    [
        Row($"page: {objective:P1} of up to {busy:0.#} calls a minute", objective, busy, AlertSeverity.Page),
        Row($"ticket: {objective:P1} of up to {busy:0.#} calls a minute", objective, busy, AlertSeverity.Ticket),
    ];

    public static QualityRow Row(string name, double objective, double busy, AlertSeverity severity) =>
        Quality.Of(name, (seed, fault) => Make(seed, fault, busy), calls => Judge(calls, objective, severity), sample, Faults);

    private static Ratio[] Make(int seed, Fault? fault, double busy)
    {
        var chance = new Chance(seed);
        var calls = new Ratio[(int)((Quality.WarmUp + Quality.Judged) / sample)];
        for (var i = 0; i < calls.Length; i++)
        {
            var at = Season.Begin + (i * sample);
            var all = chance.Poisson(busy * Season.At(at));
            calls[i] = new(chance.Binomial(all, fault?.At(seed, at, FailsAnyway) ?? FailsAnyway), all);
        }

        return calls;
    }

    private static bool[] Judge(Ratio[] calls, double objective, AlertSeverity severity)
    {
        var sums = new RatioSums(calls);
        var (fires, windows) = (new bool[calls.Length], BurnWindow.Workbook.Where(window => window.Severity == severity).ToArray());
        for (var i = (int)(Quality.WarmUp / sample); i < fires.Length; i++)
        {
            fires[i] = windows.Any(window =>
                ErrorBudgetBurn.Judge(objective, window, sums.Of(i, (int)(window.Long / sample)), sums.Of(i, (int)(window.Short / sample))).Fires);
        }

        return fires;
    }
}
