namespace Paddock.Testing.Alerts;

/// <summary>
/// Spend in USD of each 5 minutes: tasks come by chance (Poisson) as the season has it, each costs by a log-normal distribution. A fault
/// multiplies how many come.
/// </summary>
public static class SpendSeries
{
    public static readonly TimeSpan Sample = TimeSpan.FromMinutes(5);

    /// <summary>Busiest tasks per sample; median cost of one in USD, and the deviation of its logarithm.</summary>
    private const double Tasks = 6, Median = 0.5, Sigma = 1;

    /// <summary>What a month costs without a fault, exactly: whoever has more to spare is told later by the burn of it.</summary>
    public static double MonthlyLimit { get; } = Tasks * Season.Mean * Median * Math.Exp(Sigma * Sigma / 2) * (TimeSpan.FromDays(30) / Sample);

    /// <summary>Mean of a sample of the busiest hour.</summary>
    public static double Busy { get; } = Tasks * Median * Math.Exp(Sigma * Sigma / 2);

    public static IReadOnlyList<Fault> Faults { get; } =
    [
        new("2x", 10, 8, 2),
        new("4x", 10, 8, 4),
        new("10x", 10, 8, 10),
        new("off-hours 8x", 3, 8, 8),
        new("ramp x2/h", 10, TimeSpan.FromHours(8), since => Math.Pow(2, since.TotalHours)),
    ];

    public static double[] Make(int seed, Fault? fault)
    {
        var chance = new Chance(seed);
        var series = new double[(int)((Quality.WarmUp + Quality.Judged) / Sample)];
        for (var i = 0; i < series.Length; i++)
        {
            var at = Season.Begin + (i * Sample);
            var tasks = chance.Poisson(Tasks * Season.At(at) * (fault?.At(seed, at, 1) ?? 1));
            for (var task = 0; task < tasks; task++)
            {
                series[i] += chance.LogNormal(Median, Sigma);
            }
        }

        return series;
    }
}
