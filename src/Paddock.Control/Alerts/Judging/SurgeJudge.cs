using System.Collections.Immutable;
using Paddock.Core.Alerts;
using Paddock.Core.Alerts.Detection;

namespace Paddock.Control.Alerts.Judging;

/// <summary>
/// More spend than at this time of the week. What was summed up before a restart is summed up again from what is kept, so nothing has to be
/// remembered. Without a baseline of two weeks it is silent: budgets hold meanwhile.
/// </summary>
internal sealed class SurgeJudge : IAlertJudge
{
    private const double NanoInUsd = 1e9;

    /// <summary>From nothing the sum is what it would be from the beginning after less than that: it falls whenever spend is as expected.</summary>
    private static readonly TimeSpan replayed = TimeSpan.FromDays(2);

    private Season? last;

    public Task<IReadOnlyList<AlertFinding>> JudgeAsync(AlertRule rule, SignalLook look, CancellationToken cancellationToken) =>
        rule.Condition is AlertCondition.Surge surge ? JudgeAsync(rule, surge.Tuning, look, cancellationToken) : Task.FromResult<IReadOnlyList<AlertFinding>>([]);

    private async Task<IReadOnlyList<AlertFinding>> JudgeAsync(AlertRule rule, CusumTuning tuning, SignalLook look, CancellationToken cancellationToken)
    {
        if (await SeasonAsync(look, cancellationToken) is not { } season)
        {
            return [];
        }

        var cusum = new SeasonalCusum(tuning);
        for (var at = season.Until - replayed; at < season.Until; at += SeasonalReference.Bucket)
        {
            if (season.Reference.HasBaseline(at) && season.Reference.Expect(at) is { } expected)
            {
                cusum.Update(season.Usd.GetValueOrDefault(at), expected.Value, expected.Sigma);
            }
        }

        return cusum.State.Fires ? [FindingOf(rule, cusum.State, season.Until)] : ImmutableArray<AlertFinding>.Empty;
    }

    /// <summary>Until the five minutes that are not over. Read once for them: looks come more often, and rules share it.</summary>
    /// <returns>Null before there is a baseline.</returns>
    private async Task<Season?> SeasonAsync(SignalLook look, CancellationToken cancellationToken)
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

        var back = SeasonalReference.Reach + replayed < known ? SeasonalReference.Reach + replayed : known;
        var since = SeasonalReference.BucketOf(until - back);
        var points = await look.PointsAsync(Signal.Spend, look.Now - since, cancellationToken);
        var usd = points.Where(point => point.Begin < until).ToDictionary(static point => point.Begin, static point => point.Count.Amount / NanoInUsd);
        return last = new(until, new(usd.Select(static one => new SeriesSample(one.Key, one.Value)), since, until), usd);
    }

    private static AlertFinding FindingOf(AlertRule rule, CusumState state, DateTimeOffset now)
    {
        var since = now - (state.Samples * SeasonalReference.Bucket);
        return new(rule.Name, "", rule.Severity, $"{AlertText.Usd(state.Seen)} were spent since {since.UtcDateTime:HH:mm} UTC, where {AlertText.Usd(state.Expected)} ± {AlertText.Usd(state.Sigma)} are usual.",
            [AlertText.Fact("spentUsd", state.Seen), AlertText.Fact("expectedUsd", state.Expected), AlertText.Fact("sigmaUsd", state.Sigma), new("since", since.ToString("O", System.Globalization.CultureInfo.InvariantCulture))]);
    }

    /// <param name="Usd">Spent in five minutes, by their beginning.</param>
    private sealed record Season(DateTimeOffset Until, SeasonalReference Reference, Dictionary<DateTimeOffset, double> Usd);
}
