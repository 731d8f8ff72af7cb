using System.Collections.Immutable;
using Paddock.Core.Alerts;
using Paddock.Core.Identity;
using Paddock.Core.Ledger;

namespace Paddock.Control.Alerts;

/// <summary>Looks at the newest calls for the part that explains most of what went wrong.</summary>
internal sealed class FailureBoundaries(ILedgerReader calls, IIdentities identities)
{
    /// <summary>Looked at; enough to tell a part, and read in milliseconds.</summary>
    private const int MostCalls = 1_000;

    public async Task<FailureBoundary?> FindAsync(Signal signal, string subject, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var newest = await calls.ListAsync(new() { Since = since, Limit = MostCalls }, cancellationToken);
        return FailureBoundary.Find([.. newest.Select(row => signal is Signal.RouteCalls ? OfRoute(row, subject) : OfProvider(row, subject, signal)).OfType<BoundaryCase>()]);
    }

    private BoundaryCase? OfRoute(CallRow row, string route) => row.Opening.ModelAsked != route || row.Closing is not { } closing ? null
        : new(closing.Outcome is CallOutcome.Failed or CallOutcome.Partial && ProviderFaults.Has(closing.ErrorClass), [.. PartsOf(row), .. closing.Attempts.Select(static one => KeyValuePair.Create("provider", one.Provider)).Distinct()]);

    private BoundaryCase? OfProvider(CallRow row, string provider, Signal signal) => row.Closing?.Attempts.LastOrDefault(one => one.Provider == provider) is { } last
        ? new(signal is Signal.ProviderCredentials ? last.Status is 401 or 403 : ProviderFaults.Has(last.ErrorClass), [KeyValuePair.Create("model", last.Model), .. PartsOf(row)])
        : null;

    private ImmutableArray<KeyValuePair<string, string>> PartsOf(CallRow row) =>
    [
        .. row.Opening.Teams.Select(static team => KeyValuePair.Create("team", team)),
        new("agent", row.Opening.Agent),
        new("key", KeyId.TryParse(row.Opening.Key, out var id) && identities.Current.Find(id) is { } key ? key.Key.Prefix : "of nobody any more"),
        new("release", row.Opening.ReleaseDigest.Length > 19 ? row.Opening.ReleaseDigest[7..19] : row.Opening.ReleaseDigest),
    ];
}
