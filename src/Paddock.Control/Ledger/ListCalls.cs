using Paddock.Control.Identity;
using Paddock.Core.Identity;
using Paddock.Core.Ledger;

namespace Paddock.Control.Ledger;

/// <summary>Lists calls, newest first, a page at a time. Rows handed in before are seen.</summary>
public sealed class ListCalls(ILedger ledger, ILedgerReader reader, IIdentities identities)
{
    public async Task<Outcome<IReadOnlyList<CallView>>> RunAsync(Actor actor, CallQuery query, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Viewer))
        {
            return new Outcome<IReadOnlyList<CallView>>.Forbidden(ControlRoles.Viewer);
        }

        if (query.Limit is < 1 or > 1000)
        {
            return new Outcome<IReadOnlyList<CallView>>.Invalid("limit", "A page has 1 to 1000 calls.");
        }

        await ledger.FlushAsync(cancellationToken);
        var rows = await reader.ListAsync(query, cancellationToken);
        var directory = identities.Current;
        return new Outcome<IReadOnlyList<CallView>>.Done([.. rows.Select(row => CallView.Of(row, directory))]);
    }

    /// <summary>One call with its attempts.</summary>
    public async Task<Outcome<CallView>> FindAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Viewer))
        {
            return new Outcome<CallView>.Forbidden(ControlRoles.Viewer);
        }

        await ledger.FlushAsync(cancellationToken);
        return CallId.TryParse(id, out var parsed) && await reader.FindAsync(parsed, cancellationToken) is { } row
            ? new Outcome<CallView>.Done(CallView.Of(row, identities.Current))
            : new Outcome<CallView>.NotFound("There is no such call.");
    }
}
