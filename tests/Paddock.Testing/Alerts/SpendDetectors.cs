using Paddock.Core.Alerts.Detection;

namespace Paddock.Testing.Alerts;

/// <summary>Detectors of spend as they are run on a series, and two simple ones to compare with.</summary>
public static class SpendDetectors
{
    public static IReadOnlyList<QualityRow> Measure(IReadOnlyList<int>? seeds = null) =>
    [
        Row("static, 3x the busy hour", Static, seeds),
        Row("plain z > 4 of 24 h", Plain, seeds),
        Row("seasonal CUSUM k=0.75 h=8 (ticket)", series => Cusum(series, CusumTuning.Ticket), seeds),
        Row("**seasonal CUSUM k=1 h=10 (page)**", series => Cusum(series, CusumTuning.Page), seeds),
        Row("**budget burn 6x, 1 h & 15 m (page)**", Burn, seeds),
    ];

    public static QualityRow Row(string name, Func<double[], bool[]> judge, IReadOnlyList<int>? seeds = null) =>
        Quality.Of(name, SpendSeries.Make, judge, SpendSeries.Sample, SpendSeries.Faults, seeds);

    public static bool[] Cusum(double[] series, CusumTuning tuning)
    {
        var samples = series.Select(static (value, i) => new SeriesSample(Season.Begin + (i * SpendSeries.Sample), value));
        var reference = new SeasonalReference(samples, Season.Begin, Season.Begin + (series.Length * SpendSeries.Sample));
        var cusum = new SeasonalCusum(tuning);
        return Judge(series, Quality.WarmUp, i => reference.Expect(Season.Begin + (i * SpendSeries.Sample)) is { } usual && cusum.Update(series[i], usual.Value, usual.Sigma).Fires);
    }

    public static bool[] Burn(double[] series) =>
        Judge(series, TimeSpan.FromHours(1), i => SpendBurn.Judge(Sum(series, i, 12), Sum(series, i, 3), SpendSeries.MonthlyLimit, TimeSpan.FromDays(30)).Fires);

    private static bool[] Static(double[] series) => Judge(series, TimeSpan.FromHours(1), i => Sum(series, i, 12) > 3 * 12 * SpendSeries.Busy);

    private static bool[] Plain(double[] series) => Judge(series, TimeSpan.FromDays(1), i =>
    {
        var day = series.AsSpan(i - 288, 288).ToArray();
        var mean = day.Average();
        return series[i] > mean + (4 * Math.Sqrt(day.Average(value => (value - mean) * (value - mean))));
    });

    private static bool[] Judge(double[] series, TimeSpan from, Func<int, bool> fires)
    {
        var all = new bool[series.Length];
        for (var i = (int)(from / SpendSeries.Sample); i < series.Length; i++)
        {
            all[i] = fires(i);
        }

        return all;
    }

    private static double Sum(double[] series, int last, int samples)
    {
        var sum = 0.0;
        for (var i = last - samples + 1; i <= last; i++)
        {
            sum += series[i];
        }

        return sum;
    }
}
