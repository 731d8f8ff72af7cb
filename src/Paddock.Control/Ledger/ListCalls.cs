using Paddock.Core.Identity;
using Paddock.Core.Ledger;

namespace Paddock.Control.Ledger;

/// <param name="Calls">Newest first.</param>
/// <param name="Next">Where the next page begins (<c>before</c>); null on the last.</param>
public sealed record CallList(IReadOnlyList<CallView> Calls, string? Next);

/// <summary>Lists calls, a page at a time. Rows handed in before are seen.</summary>
public sealed class ListCalls(ILedger ledger, ILedgerReader reader, IIdentities identities)
{
    public async Task<Outcome<CallList>> RunAsync(Actor actor, CallQuery query, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Viewer))
        {
            return new Outcome<CallList>.Forbidden(ControlRoles.Viewer);
        }

        if (query.Limit is < 1 or > 1000)
        {
            return new Outcome<CallList>.Invalid("limit", "A page has 1 to 1000 calls.");
        }

        await ledger.FlushAsync(cancellationToken);
        var directory = identities.Current;
        var rows = await reader.ListAsync(Resolved(query, directory), cancellationToken);
        return new Outcome<CallList>.Done(new([.. rows.Select(row => CallView.Of(row, directory))], rows.Length == query.Limit ? rows[^1].Opening.Id.ToString() : null));
    }

    /// <summary>People ask by name, rows hold ids. A name that nobody has fits no row.</summary>
    private static CallQuery Resolved(CallQuery query, IdentityDirectory directory) => query with
    {
        Principal = query.Principal is { } user ? Identity.FindPrincipal.In(directory, user)?.Id.Value ?? user : null,
        Key = query.Key is { } key ? Identity.FindKey.In(directory, key)?.Key.Id.Value ?? key : null,
    };
}
