using Paddock.Core.Identity;
using Paddock.Core.Ledger;

namespace Paddock.Control.Ledger;

/// <summary>Shows one call with its attempts.</summary>
public sealed class ShowCall(ILedger ledger, ILedgerReader reader, IIdentities identities)
{
    /// <param name="id"><c>call_…</c></param>
    public async Task<Outcome<CallView>> RunAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Viewer))
        {
            return new Outcome<CallView>.Forbidden(ControlRoles.Viewer);
        }

        if (!CallId.TryParse(id, out var parsed))
        {
            return new Outcome<CallView>.Invalid("id", "A call's id is call_ and 32 hexadecimal digits.");
        }

        await ledger.FlushAsync(cancellationToken);
        return await reader.FindAsync(parsed, cancellationToken) is { } row
            ? new Outcome<CallView>.Done(CallView.Of(row, identities.Current))
            : new Outcome<CallView>.NotFound("There is no such call.");
    }
}
