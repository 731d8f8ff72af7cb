using Paddock.Core.Alerts.Detection;

namespace Paddock.Testing.Alerts;

/// <summary>
/// Alerts on commands that time out: up to 30 commands in 5 minutes, of which 1 % time out; a fault makes it more. Judged each 5 minutes.
/// Either each by itself, or in clusters: whoever's command timed out tries it again, which times out again, so that each comes with as many
/// more as chance has it.
/// </summary>
public static class TimeoutQuality
{
    private const double Busy = 30, Usual = 0.01;

    private static readonly TimeSpan sample = TimeSpan.FromMinutes(5);

    public static IReadOnlyList<Fault> Faults { get; } =
    [
        new("3 %", 10, 8, 0.03),
        new("10 %", 10, 8, 0.1),
        new("50 %", 10, 8, 0.5),
        new("50 % at 03:00", 3, 4, 0.5),
    ];

    public static IReadOnlyList<QualityRow> Measure() =>
    [
        Row("each by itself", 1, false), Row("each by itself; dispersion", 1, true),
        Row("clusters of 2 on average", 2, false), Row("clusters of 2; dispersion", 2, true),
        Row("clusters of 3 on average", 3, false), Row("clusters of 3; dispersion", 3, true),
    ];

    /// <param name="cluster">Mean of time-outs in a row.</param>
    /// <param name="dispersed">The detector is told how much more they vary than each by itself would.</param>
    public static QualityRow Row(string name, double cluster, bool dispersed) =>
        Quality.Of(name, (seed, fault) => Make(seed, fault, cluster), commands => Judge(commands, dispersed), sample, Faults);

    private static Ratio[] Make(int seed, Fault? fault, double cluster)
    {
        var chance = new Chance(seed);
        var commands = new Ratio[(int)((Quality.WarmUp + Quality.Judged) / sample)];
        for (var i = 0; i < commands.Length; i++)
        {
            var at = Season.Begin + (i * sample);
            var all = chance.Poisson(Busy * Season.At(at));
            var first = chance.Binomial(all, (fault?.At(seed, at, Usual) ?? Usual) / cluster);
            var bad = Enumerable.Range(0, first).Sum(_ => chance.Geometric(cluster));
            commands[i] = new(bad, all + bad - first);
        }

        return commands;
    }

    private static bool[] Judge(Ratio[] commands, bool dispersed)
    {
        var sums = new RatioSums(commands);
        var (window, baseline, perDay) = ((int)(RateShift.Window / sample), (int)(RateShift.Baseline / sample), (int)(TimeSpan.FromDays(1) / sample));
        var days = Enumerable.Range(0, commands.Length / perDay).Select(day => OfDay(sums, day * perDay, perDay, window)).ToArray();
        return
        [
            .. commands.Select((_, i) => i >= baseline && RateShift.Judge(
                sums.Of(i, window), sums.Of(i - window, baseline), dispersed ? Medians.Of([.. days[((i / perDay) - (baseline / perDay))..(i / perDay)]]) : 1).Fires),
        ];
    }

    private static double OfDay(RatioSums sums, int begin, int perDay, int window) =>
        Dispersion.OfRates(Enumerable.Range(1, perDay / window).Select(at => sums.Of(begin + (at * window) - 1, window)), sums.Of(begin + perDay - 1, perDay).Rate);
}
