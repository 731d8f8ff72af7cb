using System.Text.Json;
using Paddock.Core.Budgets;
using Paddock.Core.Identity;
using Paddock.Core.Snapshot;

namespace Paddock.Control.Budgets;

/// <param name="Accounts">Fullest first.</param>
public sealed record BudgetList(IReadOnlyList<BudgetView> Accounts);

/// <summary>One account of one budget. Money in USD, null where there is no such limit.</summary>
/// <param name="Scope">key, user, team or task.</param>
/// <param name="Window">hour, day, week, month or total.</param>
/// <param name="HeldUsd">Held by calls that run.</param>
public sealed record BudgetView(
    string Budget, string Scope, string Subject, string SubjectId, string Window, DateTimeOffset? ResetAt, decimal SpentUsd, decimal HeldUsd, decimal? LimitUsd, long SpentTokens, long HeldTokens, long? LimitTokens)
{
    public static BudgetView Of(BudgetAccount account, IdentityDirectory directory) => new(
        account.Budget, Lower(account.Scope), NameOf(account, directory), account.Subject, Lower(account.Window), account.ResetAt, Usd(account.SpentNanoUsd), Usd(account.HeldNanoUsd),
        account.LimitNanoUsd is { } limit ? Usd(limit) : null, account.SpentTokens, account.HeldTokens, account.LimitTokens);

    /// <summary>After a restart the book knows only ids until their owners call again.</summary>
    private static string NameOf(BudgetAccount account, IdentityDirectory directory) => account.Scope switch
    {
        _ when account.SubjectName != account.Subject => account.SubjectName,
        BudgetScope.Key => directory.Keys.FirstOrDefault(key => key.Id.Value == account.Subject)?.Name ?? account.Subject,
        BudgetScope.User => directory.Principals.FirstOrDefault(principal => principal.Id.Value == account.Subject)?.Name ?? account.Subject,
        _ => account.Subject,
    };

    private static decimal Usd(long nano) => nano / 1_000_000_000m;

    private static string Lower<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}

/// <summary>Shows what was spent and held in each account of the budgets in force.</summary>
public sealed class ShowBudgets(BudgetBook book, ISnapshots snapshots, IIdentities identities, TimeProvider time)
{
    public Task<Outcome<BudgetList>> RunAsync(Actor actor, CancellationToken _) => Task.FromResult<Outcome<BudgetList>>(
        actor.May(ControlRoles.Viewer)
            ? new Outcome<BudgetList>.Done(new(Shown(snapshots.Current, identities.Current)))
            : new Outcome<BudgetList>.Forbidden(ControlRoles.Viewer));

    private List<BudgetView> Shown(GovernanceSnapshot snapshot, IdentityDirectory directory)
    {
        var people = directory.Principals.ToDictionary(static person => person.Id.Value, StringComparer.Ordinal);
        var owners = directory.Keys.ToDictionary(static key => key.Id.Value, static key => key.Owner.Value, StringComparer.Ordinal);
        return [.. book.Report(snapshot, time.GetUtcNow()).Where(account => Counts(snapshot, account, people, owners)).Select(account => BudgetView.Of(account, directory))];
    }

    /// <summary>Whether the budget is for whoever has the account; of teams and tasks, whoever counts in it.</summary>
    private static bool Counts(GovernanceSnapshot snapshot, BudgetAccount account, Dictionary<string, Principal> people, Dictionary<string, string> owners)
    {
        var person = account.Scope is BudgetScope.Key ? owners.GetValueOrDefault(account.Subject) : account.Subject;
        return account.Scope is BudgetScope.Team or BudgetScope.Task || person is null || !people.TryGetValue(person, out var found)
            || snapshot.Profiles.Counts(account.Budget, snapshot.Profiles.Of(found));
    }
}
