using Paddock.Core.Audit.Payloads;
using Paddock.Core.Identity;

namespace Paddock.Control.Audit.Payloads;

/// <summary>Lists the data keys of this server, and those that were destroyed.</summary>
public sealed class ListDataKeys(IKeyStore keys)
{
    public async Task<Outcome<DataKeyList>> RunAsync(Actor actor, CancellationToken cancellationToken) => actor.May(ControlRoles.Retention)
        ? new Outcome<DataKeyList>.Done(new([.. (await keys.ListAsync(cancellationToken)).Select(DataKeyView.Of)]))
        : new Outcome<DataKeyList>.Forbidden(ControlRoles.Retention);
}
