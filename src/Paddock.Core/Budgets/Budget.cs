using System.Collections.Immutable;

namespace Paddock.Core.Budgets;

/// <summary>Whom a budget counts. Each subject named (or, with no names, each subject there is) has an account of its own.</summary>
public enum BudgetScope
{
    Key,
    User,
    Team,
    Task,
}

/// <summary>The window an account lives in, in the budget's time zone. Weeks begin on Monday (ISO 8601).</summary>
public enum BudgetWindow
{
    Hour,
    Day,
    Week,
    Month,
    Total,
}

/// <summary>A hard limit, as its <c>Budget</c> document says.</summary>
public sealed record Budget
{
    public required string Name { get; init; }

    public required BudgetScope Scope { get; init; }

    /// <summary>Subjects by name (key name or id, user name, team name, task id); empty = every one.</summary>
    public ImmutableArray<string> Subjects { get; init; } = [];

    /// <summary>Limit in nano-USD; null = no limit of money. At least one limit is set.</summary>
    public long? LimitNanoUsd { get; init; }

    public long? LimitTokens { get; init; }

    public required BudgetWindow Window { get; init; }

    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>What spending for it is kept under: see <see cref="Ledger.SpendBucket.Kind"/>.</summary>
    public string Kind => BudgetSubjects.KindOf(Scope);

    /// <summary>Whether it counts this subject: it names it, or names nobody and so counts everybody.</summary>
    /// <param name="id">What spending is kept under.</param>
    /// <param name="name">What people say.</param>
    public bool Names(string id, string name) => BudgetSubjects.Names(this, id, name);
}
