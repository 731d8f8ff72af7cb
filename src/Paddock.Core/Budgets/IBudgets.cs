using System.Collections.Immutable;
using Paddock.Core.Identity;
using Paddock.Core.Modes;
using Paddock.Core.Snapshot;

namespace Paddock.Core.Budgets;

/// <summary>Whom one call is charged to.</summary>
/// <param name="Task">Paddock task id, see Ledger/TaskKey; null when none is known.</param>
public sealed record BudgetSubject(string KeyId, string KeyName, string UserId, string UserName, ImmutableArray<string> Teams, string? Task)
{
    /// <summary>The team profile that holds for the person: some budgets are for those of one only.</summary>
    public TeamProfile? Profile { get; init; }

    public static BudgetSubject Of(Caller caller, string? task, TeamProfile? profile) =>
        new(caller.Key.Id.Value, caller.Key.Name, caller.Principal.Id.Value, caller.Principal.Name, caller.Principal.Teams, task) { Profile = profile };
}

/// <summary>What a call is expected to cost, held before it is sent.</summary>
public readonly record struct HoldAmount(long NanoUsd, long Tokens);

/// <summary>The outcome of asking for a hold.</summary>
public abstract record HoldOutcome
{
    private HoldOutcome()
    {
    }

    /// <summary>Held in every account it counts in, all or none.</summary>
    public sealed record Held(IBudgetHold Hold) : HoldOutcome;

    /// <param name="Budget">Name of the budget that is full.</param>
    /// <param name="Subject">Whose account: a name, never an id that only Paddock knows.</param>
    /// <param name="ResetAt">When the window ends; null for a total.</param>
    /// <param name="SpentNanoUsd">Spent and held by running calls, together.</param>
    /// <param name="SpentTokens">Spent and held by running calls, together.</param>
    public sealed record Refused(string Budget, string Subject, BudgetWindow Window, DateTimeOffset? ResetAt, long SpentNanoUsd, long? LimitNanoUsd, long SpentTokens, long? LimitTokens) : HoldOutcome;
}

/// <summary>A hold on accounts. Settled exactly once; settling with zero releases it.</summary>
public interface IBudgetHold
{
    void Settle(long nanoUsd, long tokens);
}

/// <summary>The spend budgets of one process. Atomic: two calls can never both take the last of an account.</summary>
public interface IBudgets
{
    /// <summary>Holds the amount in every account of the snapshot's budgets that the subject has, or refuses. Does no I/O.</summary>
    HoldOutcome TryHold(GovernanceSnapshot snapshot, BudgetSubject subject, in HoldAmount amount, DateTimeOffset now);
}
