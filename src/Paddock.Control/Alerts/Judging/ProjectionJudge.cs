using System.Globalization;
using Paddock.Core.Alerts;
using Paddock.Core.Alerts.Detection;
using Paddock.Core.Budgets;
using Paddock.Core.Ledger;

namespace Paddock.Control.Alerts.Judging;

/// <summary>
/// Budgets that will be overspent by the end of their month or week. With two weeks of history by the season of all spend; before, as if every
/// day were alike, and not before a whole week is over. Judged once in a quarter of an hour: it reads the spend of a month.
/// </summary>
internal sealed class ProjectionJudge(BudgetAccounts accounts, ILedgerReader ledger, SpendSeasons seasons) : IAlertJudge
{
    private static readonly TimeSpan quarter = TimeSpan.FromMinutes(15), week = TimeSpan.FromDays(7);

    private readonly Dictionary<string, (AlertCondition Condition, long Quarter, IReadOnlyList<AlertFinding> Found)> last = new(StringComparer.Ordinal);

    public Task<IReadOnlyList<AlertFinding>> JudgeAsync(AlertRule rule, SignalLook look, CancellationToken cancellationToken) =>
        rule.Condition is AlertCondition.Projection projection ? JudgeAsync(rule, projection, look, cancellationToken) : Task.FromResult<IReadOnlyList<AlertFinding>>([]);

    private async Task<IReadOnlyList<AlertFinding>> JudgeAsync(AlertRule rule, AlertCondition.Projection projection, SignalLook look, CancellationToken cancellationToken)
    {
        var at = look.Now.UtcTicks / quarter.Ticks;
        if (last.TryGetValue(rule.Name, out var before) && before.Quarter == at && before.Condition == projection)
        {
            return before.Found;
        }

        var found = new List<AlertFinding>();
        foreach (var budget in accounts.BudgetsOf(projection.Budget).Where(static one => one.Window is BudgetWindow.Month or BudgetWindow.Week))
        {
            found.AddRange(await JudgeAsync(rule, projection, budget, look, cancellationToken));
        }

        last[rule.Name] = (projection, at, found);
        return found;
    }

    private async Task<IEnumerable<AlertFinding>> JudgeAsync(AlertRule rule, AlertCondition.Projection projection, Budget budget, SignalLook look, CancellationToken cancellationToken)
    {
        var (span, limit) = (BudgetWindows.Of(budget.Window, budget.TimeZone, look.Now), (budget.LimitNanoUsd ?? 0) / SpendSeasons.NanoInUsd);
        var usual = (await seasons.ReadAsync(look, cancellationToken))?.Usual(span);
        return from account in await ledger.SpentSinceAsync(budget.Kind, span.Start, cancellationToken)
               let spent = Math.Max(0, account.Value) / SpendSeasons.NanoInUsd
               where spent >= projection.AtLeast * limit && spent < limit && accounts.Counts(budget, account.Key)
               let end = Project(spent, usual, look.Now - span.Start, span.End - span.Start)
               where end is not null && end.Of(limit) > projection.Above
               select FindingOf(rule, budget, account.Key, (spent, limit, end), span.End);
    }

    /// <returns>Null while it is too early to tell.</returns>
    private static SpendProjection? Project(double spent, (double SoFar, double Ahead)? usual, TimeSpan elapsed, TimeSpan length) => usual is { SoFar: > 0 } known
        ? MonthEnd.Seasonal(spent, known.SoFar, known.Ahead, elapsed, length)
        : elapsed < week ? null : MonthEnd.Linear(spent, elapsed, length);

    private static AlertFinding FindingOf(AlertRule rule, Budget budget, string account, (double Spent, double Limit, SpendProjection End) money, DateTimeOffset end) => new(
        rule.Name, AlertSubjects.Of(budget.Name, account), rule.Severity,
        $"{BudgetAccounts.OwnerOf(budget, account)} spent {AlertText.Usd(money.Spent)} of {AlertText.Usd(money.Limit)} (budget {budget.Name}), and by {end.UtcDateTime:yyyy-MM-dd HH:mm} UTC it will be {AlertText.Usd(money.End.Spend)} "
            + $"if it goes on like this, {(money.End.Seasonal ? "by the season" : "as if every day were alike")}: {AlertText.Times(money.End.Of(money.Limit))} the limit. The budget stops it when it is spent.",
        [
            AlertText.Fact("spentUsd", money.Spent), AlertText.Fact("limitUsd", money.Limit), AlertText.Fact("projectedUsd", money.End.Spend), new("until", end.ToString("O", CultureInfo.InvariantCulture)), new("budget", budget.Name),
        ]);
}
