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

    public Task<IReadOnlyList<AlertFinding>> JudgeAsync(AlertRule rule, SignalLook look, CancellationToken cancellationToken) =>
        rule.Condition is AlertCondition.Surge surge ? JudgeAsync(rule, surge.Tuning, look, cancellationToken) : Task.FromResult<IReadOnlyList<AlertFinding>>([]);

    private static async Task<IReadOnlyList<AlertFinding>> JudgeAsync(AlertRule rule, CusumTuning tuning, SignalLook look, CancellationToken cancellationToken)
    {
        if (await look.KnownAsync(cancellationToken) is var known && known < SeasonalReference.Least)
        {
            return [];
        }

        var now = Floor(look.Now);
        var (since, points) = (Floor(now - known), await look.PointsAsync(Signal.Spend, SeasonalReference.Reach + replayed, cancellationToken));
        since = since < now - SeasonalReference.Reach - replayed ? Floor(now - SeasonalReference.Reach - replayed) : since;
        var values = points.Where(point => point.Begin >= since && point.Begin < now).ToDictionary(static point => point.Begin, static point => point.Count.Amount / NanoInUsd);
        var reference = new SeasonalReference(values.Select(static one => new SeriesSample(one.Key, one.Value)), since, now);
        var cusum = new SeasonalCusum(tuning);
        for (var at = Floor(now - replayed); at < now; at += SeasonalReference.Bucket)
        {
            if (reference.HasBaseline(at) && reference.Expect(at) is { } expected)
            {
                cusum.Update(values.GetValueOrDefault(at), expected.Value, expected.Sigma);
            }
        }

        return cusum.State.Fires ? [FindingOf(rule, cusum.State, now)] : ImmutableArray<AlertFinding>.Empty;
    }

    private static AlertFinding FindingOf(AlertRule rule, CusumState state, DateTimeOffset now)
    {
        var since = now - (state.Samples * SeasonalReference.Bucket);
        return new(rule.Name, "", rule.Severity, $"{AlertText.Usd(state.Seen)} were spent since {since.UtcDateTime:HH:mm} UTC, where {AlertText.Usd(state.Expected)} ± {AlertText.Usd(state.Sigma)} are usual.",
            [AlertText.Fact("spentUsd", state.Seen), AlertText.Fact("expectedUsd", state.Expected), AlertText.Fact("sigmaUsd", state.Sigma), new("since", since.ToString("O", System.Globalization.CultureInfo.InvariantCulture))]);
    }

    private static DateTimeOffset Floor(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % SeasonalReference.Bucket.Ticks), TimeSpan.Zero);
}
