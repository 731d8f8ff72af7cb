namespace Paddock.Core.Budgets;

/// <summary>Which accounts of a budget a caller counts in.</summary>
internal static class BudgetSubjects
{
    /// <param name="Id">What spending is kept under: it never changes.</param>
    /// <param name="Name">What documents and people say.</param>
    /// <param name="Shown">How a refusal calls it.</param>
    public readonly record struct Account(string Id, string Name, string Shown);

    public static IEnumerable<Account> Accounts(Budget budget, BudgetSubject subject) => budget.Scope switch
    {
        BudgetScope.Key => One(budget, subject.KeyId, subject.KeyName, "key " + subject.KeyName),
        BudgetScope.User => One(budget, subject.UserId, subject.UserName, "user " + subject.UserName),
        BudgetScope.Team => subject.Teams.IsDefaultOrEmpty ? [] : subject.Teams.SelectMany(team => One(budget, team, team, "team " + team)),
        _ => subject.Task is { } task ? One(budget, task, task, "this task") : [],
    };

    /// <summary>Whether the budget counts this subject: it names it, or names nobody and so counts everybody.</summary>
    public static bool Names(Budget budget, string id, string name) =>
        budget.Subjects.IsDefaultOrEmpty || budget.Subjects.Contains(id, StringComparer.Ordinal) || budget.Subjects.Contains(name, StringComparer.OrdinalIgnoreCase);

    public static string KindOf(BudgetScope scope) => scope switch
    {
        BudgetScope.Key => "key",
        BudgetScope.User => "user",
        BudgetScope.Team => "team",
        _ => "task",
    };

    /// <summary>The scope of a kind of <see cref="Ledger.SpendBucket"/>.</summary>
    public static bool TryScope(string kind, out BudgetScope scope)
    {
        (var known, scope) = kind switch
        {
            "key" => (true, BudgetScope.Key),
            "user" => (true, BudgetScope.User),
            "team" => (true, BudgetScope.Team),
            "task" => (true, BudgetScope.Task),
            _ => (false, default),
        };
        return known;
    }

    private static Account[] One(Budget budget, string id, string name, string shown) => Names(budget, id, name) ? [new(id, name, shown)] : [];
}
