using Paddock.Core.Alerts;
using Paddock.Core.Budgets;
using Paddock.Core.Identity;
using Paddock.Core.Snapshot;

namespace Paddock.Control.Alerts;

/// <summary>Which accounts of which budgets a rule looks at, and whose they are.</summary>
internal sealed class BudgetAccounts(ISnapshots snapshots, IIdentities identities)
{
    /// <summary>Budgets of money that a rule looks at.</summary>
    /// <param name="named">Null = those of teams, by the month or week: one person's work comes in bursts, and a day is soon over.</param>
    public IEnumerable<Budget> BudgetsOf(string? named) => snapshots.Current.Budgets.Where(budget => budget.LimitNanoUsd > 0 && budget.Window is not BudgetWindow.Total
        && (named is null ? budget is { Scope: BudgetScope.Team, Window: BudgetWindow.Month or BudgetWindow.Week } : budget.Name == named));

    /// <summary>Whether spending under an id counts in the budget.</summary>
    public bool Counts(Budget budget, string id)
    {
        var owner = budget.Scope switch
        {
            BudgetScope.User => PrincipalId.TryParse(id, out var principal) ? identities.Current.Find(principal) : null,
            BudgetScope.Key => CallerOf(id)?.Principal,
            _ => null,
        };
        var name = budget.Scope is BudgetScope.Key ? CallerOf(id)?.Key.Name : owner?.Name;
        return budget.Names(id, name ?? id) && (owner is null || snapshots.Current.Profiles.Counts(budget.Name, snapshots.Current.Profiles.Of(owner)));
    }

    /// <summary>Whose account it is, as a sentence begins. People and keys are named by the alert's subject alone, which is kept as an id.</summary>
    public static string OwnerOf(Budget budget, string id) => budget.Scope switch
    {
        BudgetScope.Team => $"Team {id}",
        BudgetScope.User => "One person",
        BudgetScope.Key => "One key",
        _ => "One task",
    };

    private Caller? CallerOf(string id) => KeyId.TryParse(id, out var key) ? identities.Current.Find(key) : null;
}
