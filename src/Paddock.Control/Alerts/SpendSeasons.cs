using Paddock.Core.Alerts;
using Paddock.Core.Alerts.Detection;
using Paddock.Core.Budgets;

namespace Paddock.Control.Alerts;

/// <summary>What is usually spent at a time of the week, all together.</summary>
internal sealed class SpendSeasons
{
    public const double NanoInUsd = 1e9;

    /// <summary>What is read beyond the season's reach. From nothing a sum over it is what it would be from the beginning after less than that: it falls whenever spend is as expected.</summary>
    public static readonly TimeSpan Replayed = TimeSpan.FromDays(2);

    private SpendSeason? last;

    /// <summary>Until the five minutes that are not over. Read once for them: looks come more often, and rules share it.</summary>
    /// <returns>Null before there is a baseline.</returns>
    public async Task<SpendSeason?> ReadAsync(SignalLook look, CancellationToken cancellationToken)
    {
        var until = SeasonalReference.BucketOf(look.Now);
        if (last?.Until == until)
        {
            return last;
        }

        if (await look.KnownAsync(cancellationToken) is var known && known < SeasonalReference.Least)
        {
            return null;
        }

        var back = SeasonalReference.Reach + Replayed < known ? SeasonalReference.Reach + Replayed : known;
        var since = SeasonalReference.BucketOf(until - back);
        var points = await look.PointsAsync(Signal.Spend, look.Now - since, cancellationToken);
        var usd = points.Where(point => point.Begin < until).ToDictionary(static point => point.Begin, static point => point.Count.Amount / NanoInUsd);
        return last = new(until, new(usd.Select(static one => new SeriesSample(one.Key, one.Value)), since, until), usd);
    }
}

/// <param name="Until">Of what comes later nothing is known yet.</param>
/// <param name="Usd">Spent in five minutes, by their beginning.</param>
internal sealed record SpendSeason(DateTimeOffset Until, SeasonalReference Reference, Dictionary<DateTimeOffset, double> Usd)
{
    private static readonly int perWeek = (int)(TimeSpan.FromDays(7) / SeasonalReference.Bucket);

    private readonly Lazy<double[]?> week = new(() => WeekOf(Until, Reference));

    /// <summary>What is usual in a window until now, and in the rest of it, as if every week were like the next one.</summary>
    /// <returns>Null where there is no baseline for some time of the week.</returns>
    public (double SoFar, double Ahead)? Usual(WindowSpan window)
    {
        if (week.Value is not { } usual)
        {
            return null;
        }

        var (soFar, rest) = (0.0, 0.0);
        for (var at = SeasonalReference.BucketOf(window.Start); at < window.End; at += SeasonalReference.Bucket)
        {
            var of = usual[(int)((((at - Until) / SeasonalReference.Bucket) % perWeek) + perWeek) % perWeek];
            _ = at < Until ? soFar += of : rest += of;
        }

        return (soFar, rest);
    }

    private static double[]? WeekOf(DateTimeOffset until, SeasonalReference reference)
    {
        var usual = new double[perWeek];
        for (var one = 0; one < perWeek; one++)
        {
            if (reference.Expect(until + (one * SeasonalReference.Bucket)) is not { } expected)
            {
                return null;
            }

            usual[one] = expected.Value;
        }

        return usual;
    }
}
