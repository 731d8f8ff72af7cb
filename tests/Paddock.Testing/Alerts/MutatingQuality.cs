using Paddock.Core.Alerts.Detection;

namespace Paddock.Testing.Alerts;

/// <summary>
/// Alerts on mutating tool calls of one agent and tool: up to 20 in 10 minutes, each by itself or several to a task; a fault multiplies how
/// many tasks come. Judged each 10 minutes against the median of the same hour, of the last 7 days or of the same weekday of 4 weeks.
/// </summary>
public static class MutatingQuality
{
    private const double Busy = 20;

    private const int Learnt = 28, PerDay = 144, PerHour = 6;

    private static readonly TimeSpan sample = CountTail.Window;

    public static IReadOnlyList<Fault> Faults { get; } =
    [
        new("2x", 10, 8, 2),
        new("4x", 10, 8, 4),
        new("10x", 10, 8, 10),
        new("8x at 03:00", 3, 4, 8),
    ];

    public static IReadOnlyList<QualityRow> Measure() =>
    [
        Row("each by itself; last 7 days", 1, Daily, false),
        Row("each by itself; same weekday of 4 weeks", 1, Weekly, false),
        Row("each by itself; same weekday; dispersion", 1, Weekly, true),
        Row("2 to a task; same weekday of 4 weeks", 2, Weekly, false),
        Row("2 to a task; same weekday; dispersion", 2, Weekly, true),
        Row("5 to a task; same weekday of 4 weeks", 5, Weekly, false),
        Row("5 to a task; same weekday; dispersion", 5, Weekly, true),
    ];

    /// <summary>The days before, of which the hour counts.</summary>
    public static IReadOnlyList<int> Daily { get; } = [1, 2, 3, 4, 5, 6, 7];

    public static IReadOnlyList<int> Weekly { get; } = [7, 14, 21, 28];

    /// <param name="perTask">Mean of the calls of a task, at least 1.</param>
    /// <param name="dispersed">The detector is told how much more they vary than each by itself would.</param>
    public static QualityRow Row(string name, double perTask, IReadOnlyList<int> days, bool dispersed) =>
        Quality.Of(name, (seed, fault) => Make(seed, fault, perTask), calls => Judge(calls, days, dispersed), sample, Faults);

    private static long[] Make(int seed, Fault? fault, double perTask)
    {
        var chance = new Chance(seed);
        return [.. Enumerable.Range(0, (int)((Quality.WarmUp + Quality.Judged) / sample)).Select(i =>
        {
            var at = Season.Begin + (i * sample);
            var tasks = chance.Poisson(Busy / perTask * Season.At(at) * (fault?.At(seed, at, 1) ?? 1));
            return Enumerable.Range(0, tasks).Sum(_ => (long)chance.Geometric(perTask));
        })];
    }

    private static bool[] Judge(long[] calls, IReadOnlyList<int> days, bool dispersed)
    {
        var dispersions = Enumerable.Range(0, calls.Length / PerDay).Select(day => Dispersion.OfCounts(calls.AsSpan(day * PerDay, PerDay).ToArray().Chunk(PerHour))).ToArray();
        return
        [
            .. calls.Select((seen, i) => i >= Learnt * PerDay && CountTail.Judge(
                seen, Usual(calls, i, days), dispersed ? Medians.Of([.. dispersions[((i / PerDay) - Learnt)..(i / PerDay)]]) : 1).Fires),
        ];
    }

    private static double Usual(long[] calls, int i, IReadOnlyList<int> days) =>
        Medians.Of([.. days.SelectMany(day => calls.AsSpan((i / PerHour * PerHour) - (day * PerDay), PerHour).ToArray()).Select(static count => (double)count)]);
}
