using System.Collections.Immutable;
using Paddock.Core.Alerts;
using Paddock.Core.Alerts.Detection;

namespace Paddock.Control.Alerts.Judging;

/// <summary>
/// More spend than at this time of the week. What was summed up before a restart is summed up again from what is kept, so nothing has to be
/// remembered. Without a baseline of two weeks it is silent: budgets hold meanwhile.
/// </summary>
internal sealed class SurgeJudge(SpendSeasons seasons) : IAlertJudge
{
    public Task<IReadOnlyList<AlertFinding>> JudgeAsync(AlertRule rule, SignalLook look, CancellationToken cancellationToken) =>
        rule.Condition is AlertCondition.Surge surge ? JudgeAsync(rule, surge.Tuning, look, cancellationToken) : Task.FromResult<IReadOnlyList<AlertFinding>>([]);

    private async Task<IReadOnlyList<AlertFinding>> JudgeAsync(AlertRule rule, CusumTuning tuning, SignalLook look, CancellationToken cancellationToken)
    {
        if (await seasons.ReadAsync(look, cancellationToken) is not { } season)
        {
            return [];
        }

        var cusum = new SeasonalCusum(tuning);
        for (var at = season.Until - SpendSeasons.Replayed; at < season.Until; at += SeasonalReference.Bucket)
        {
            if (season.Reference.HasBaseline(at) && season.Reference.Expect(at) is { } expected)
            {
                cusum.Update(season.Usd.GetValueOrDefault(at), expected.Value, expected.Sigma);
            }
        }

        return cusum.State.Fires ? [FindingOf(rule, cusum.State, season.Until)] : ImmutableArray<AlertFinding>.Empty;
    }

    private static AlertFinding FindingOf(AlertRule rule, CusumState state, DateTimeOffset now)
    {
        var since = now - (state.Samples * SeasonalReference.Bucket);
        return new(rule.Name, "", rule.Severity, $"{AlertText.Usd(state.Seen)} were spent since {since.UtcDateTime:HH:mm} UTC, where {AlertText.Usd(state.Expected)} ± {AlertText.Usd(state.Sigma)} are usual.",
            [AlertText.Fact("spentUsd", state.Seen), AlertText.Fact("expectedUsd", state.Expected), AlertText.Fact("sigmaUsd", state.Sigma), new("since", since.ToString("O", System.Globalization.CultureInfo.InvariantCulture))]);
    }
}
