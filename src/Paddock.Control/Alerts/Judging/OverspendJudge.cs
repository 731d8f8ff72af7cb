using Paddock.Core.Alerts;
using Paddock.Core.Alerts.Detection;
using Paddock.Core.Budgets;
using Paddock.Core.Ledger;

namespace Paddock.Control.Alerts.Judging;

/// <summary>Budgets that are spent too fast. Needs no history. Spend is kept by the quarter of an hour, so windows are longer by the quarter that runs.</summary>
internal sealed class OverspendJudge(BudgetAccounts accounts, ILedgerReader ledger) : IAlertJudge
{
    private static readonly TimeSpan quarter = TimeSpan.FromMinutes(15);

    public Task<IReadOnlyList<AlertFinding>> JudgeAsync(AlertRule rule, SignalLook look, CancellationToken cancellationToken) =>
        rule.Condition is AlertCondition.Overspend overspend ? JudgeAsync(rule, overspend, look.Now, cancellationToken) : Task.FromResult<IReadOnlyList<AlertFinding>>([]);

    private async Task<IReadOnlyList<AlertFinding>> JudgeAsync(AlertRule rule, AlertCondition.Overspend overspend, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var found = new List<AlertFinding>();
        var budgets = accounts.BudgetsOf(overspend.Budget).ToList();
        if (budgets.Count == 0)
        {
            return found;
        }

        var begun = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % quarter.Ticks), TimeSpan.Zero);
        var (since, lately) = (begun - overspend.Window.Long, begun - overspend.Window.Short);
        var (buckets, window) = (await ledger.SpendSinceAsync(since, cancellationToken), overspend.Window with { Long = now - since, Short = now - lately });
        foreach (var budget in budgets)
        {
            var span = BudgetWindows.Of(budget.Window, budget.TimeZone, now);
            var length = span.End - span.Start;
            if (!SpendBurn.CanFire(length, window))
            {
                continue;
            }

            foreach (var account in buckets.Where(one => one.Kind == budget.Kind && one.Start >= since).GroupBy(static one => one.Subject, StringComparer.Ordinal).Where(one => accounts.Counts(budget, one.Key)))
            {
                var verdict = SpendBurn.Judge(Usd(account), Usd(account.Where(one => one.Start >= lately)), Usd(budget), length, window);
                if (verdict.Fires)
                {
                    found.Add(FindingOf(rule, budget, account.Key, Usd(account), verdict, overspend.Window));
                }
            }
        }

        return found;
    }

    private static AlertFinding FindingOf(AlertRule rule, Budget budget, string account, double spent, SpendVerdict verdict, SpendWindow window) => new(
        rule.Name, AlertSubjects.Of(budget.Name, account), rule.Severity,
        $"{BudgetAccounts.OwnerOf(budget, account)} spent {AlertText.Usd(spent)} of {AlertText.Usd(Usd(budget))} a {AlertText.Of(budget.Window)} (budget {budget.Name}) in the last {AlertText.Span(window.Long)}: {AlertText.Times(verdict.BurnLong)} what is even.",
        [AlertText.Fact("spentUsd", spent), AlertText.Fact("limitUsd", Usd(budget)), AlertText.Fact("burn", verdict.BurnLong), AlertText.Fact("burnLately", verdict.BurnShort), AlertText.Fact("threshold", verdict.Threshold), new("budget", budget.Name)]);

    private static double Usd(IEnumerable<SpendBucket> buckets) => buckets.Sum(static one => Math.Max(0, one.NanoUsd)) / SpendSeasons.NanoInUsd;

    private static double Usd(Budget budget) => (budget.LimitNanoUsd ?? 0) / SpendSeasons.NanoInUsd;
}
