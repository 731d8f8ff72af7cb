using Paddock.Core.Identity;
using Paddock.Core.Ledger;
using Paddock.Core.Snapshot;

namespace Paddock.Control.Ledger;

/// <param name="Since">Tries since then, of the newest calls.</param>
/// <param name="Providers">Those of the release in force and those that were tried, by name.</param>
/// <param name="IsWhole">False when there were more calls than were looked at: then it is of the newest ones.</param>
public sealed record ProviderList(DateTimeOffset Since, IReadOnlyList<ProviderHealth> Providers, bool IsWhole);

/// <summary>How one provider answers.</summary>
/// <param name="Tries">Requests that were sent to it.</param>
/// <param name="Failed">Of those, the ones that it did not answer well; what the client or Paddock broke off is no failure of it.</param>
/// <param name="LastError">Class of the newest failure.</param>
public sealed record ProviderHealth(string Name, int Tries, int Failed, string? LastError, DateTimeOffset? LastErrorAt);

/// <summary>Shows how the providers have answered in the last hour.</summary>
public sealed class ShowProviders(ILedgerReader calls, ISnapshots snapshots, TimeProvider time)
{
    /// <summary>Looked at: enough to see whether a provider answers, and read in milliseconds.</summary>
    private const int MostCalls = 500;

    private static readonly TimeSpan lately = TimeSpan.FromHours(1);

    private static readonly HashSet<string> notItsFault = new(StringComparer.Ordinal) { "client_abort", "revoked", "contained", "stopping", "not_evaluated", "audit_unavailable" };

    public async Task<Outcome<ProviderList>> RunAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Viewer))
        {
            return new Outcome<ProviderList>.Forbidden(ControlRoles.Viewer);
        }

        var since = time.GetUtcNow() - lately;
        var found = await calls.ListAsync(new() { Since = since, Limit = MostCalls }, cancellationToken);
        var tries = found.SelectMany(static row => row.Closing?.Attempts ?? []).ToLookup(static one => one.Provider, StringComparer.Ordinal);
        var names = snapshots.Current.Providers.Select(static provider => provider.Name).Concat(tries.Select(static one => one.Key)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return new Outcome<ProviderList>.Done(new(since, [.. names.Select(name => HealthOf(name, [.. tries[name]]))], found.Length < MostCalls));
    }

    private static ProviderHealth HealthOf(string name, IReadOnlyList<CallAttempt> tries)
    {
        var failed = tries.Where(static one => one.ErrorClass is { } error && !notItsFault.Contains(error)).OrderByDescending(static one => one.StartedAt).ToList();
        return new(name, tries.Count, failed.Count, failed.FirstOrDefault()?.ErrorClass, failed.FirstOrDefault()?.StartedAt);
    }
}
