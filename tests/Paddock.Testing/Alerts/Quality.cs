using System.Globalization;

namespace Paddock.Testing.Alerts;

/// <param name="Hits">Seeds of which the fault was noticed while it lasted.</param>
/// <param name="MedianMinutes">Of the hits, from the fault's beginning to the end of the sample that fired; null without a hit.</param>
public sealed record Noticed(string Fault, int Hits, int Of, double? MedianMinutes);

/// <param name="FalsePer30Days">How often it began to fire without a fault.</param>
public sealed record QualityRow(string Detector, double FalsePer30Days, IReadOnlyList<Noticed> Faults);

/// <summary>
/// How good a detector is on generated series: 28 days to learn from, then 28 days without a fault in which each time it begins to fire is a
/// false alarm; and the same series once with each fault.
/// </summary>
public static class Quality
{
    public static readonly TimeSpan WarmUp = TimeSpan.FromDays(28), Judged = TimeSpan.FromDays(28);

    /// <summary>Those of the table.</summary>
    public static readonly int[] Seeds = [1, 2, 3, 4, 5];

    /// <param name="make">The series of a seed, with a fault or without.</param>
    /// <param name="judge">Per sample whether the detector fires; of the warm-up it is not looked at.</param>
    /// <param name="sample">Length of a sample.</param>
    public static QualityRow Of<T>(string detector, Func<int, Fault?, T> make, Func<T, bool[]> judge, TimeSpan sample, IReadOnlyList<Fault> faults, IReadOnlyList<int>? seeds = null)
    {
        seeds ??= Seeds;
        var begin = (int)(WarmUp / sample);
        var alarms = seeds.Sum(seed => Onsets(judge(make(seed, null)), begin));
        return new(detector, alarms * 30 / (Judged.TotalDays * seeds.Count), [.. faults.Select(fault => Notice(fault, make, judge, sample, seeds))]);
    }

    /// <summary>A Markdown table; of a fault that was not always noticed how often.</summary>
    public static string Table(IReadOnlyList<QualityRow> rows)
    {
        var names = rows[0].Faults.Select(fault => fault.Fault).ToArray();
        string[] lines =
        [
            $"| detector | false / 30 d | {string.Join(" | ", names)} |",
            $"|---|---|{string.Concat(names.Select(_ => "---|"))}",
            .. rows.Select(row => $"| {row.Detector} | {row.FalsePer30Days.ToString("0.0", CultureInfo.InvariantCulture)} | {string.Join(" | ", row.Faults.Select(Cell))} |"),
        ];
        return string.Join('\n', lines);
    }

    private static string Cell(Noticed noticed)
    {
        var hits = noticed.Hits == noticed.Of ? "" : string.Create(CultureInfo.InvariantCulture, $"{noticed.Hits}/{noticed.Of}");
        var minutes = noticed.MedianMinutes is { } median ? string.Create(CultureInfo.InvariantCulture, $"{median:0.#} m") : "";
        return $"{hits} {minutes}".Trim();
    }

    private static int Onsets(bool[] fires, int begin) => Enumerable.Range(begin, fires.Length - begin).Count(i => fires[i] && !(i > begin && fires[i - 1]));

    private static Noticed Notice<T>(Fault fault, Func<int, Fault?, T> make, Func<T, bool[]> judge, TimeSpan sample, IReadOnlyList<int> seeds)
    {
        var delays = new List<double>();
        foreach (var seed in seeds)
        {
            var begin = (int)((fault.Begins(seed) - Season.Begin) / sample);
            var at = Array.IndexOf(judge(make(seed, fault)), true, begin, (int)(fault.Lasts / sample));
            if (at >= 0)
            {
                delays.Add((at - begin + 1) * sample.TotalMinutes);
            }
        }

        delays.Sort();
        double? median = delays.Count == 0 ? null : (delays[(delays.Count - 1) / 2] + delays[delays.Count / 2]) / 2;
        return new(fault.Name, delays.Count, seeds.Count, median);
    }
}
