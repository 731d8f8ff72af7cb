using Microsoft.Extensions.Logging;
using Paddock.Control;
using Paddock.Control.Agents;

namespace Paddock.Web.Agents;

/// <summary>Somebody's clients, on pages that have more to show: they are there also while the database does not answer.</summary>
internal sealed class PersonClients(ListClients list, ILogger<PersonClients> logger)
{
    /// <param name="user">Name or id.</param>
    /// <returns>The newest; null when they cannot be read.</returns>
    public async Task<IReadOnlyList<ClientView>?> OfAsync(Actor actor, string user, CancellationToken cancellationToken)
    {
        try
        {
            return await list.RunAsync(actor, new() { User = user }, cancellationToken) is Outcome<ClientList>.Done { Value.Clients: var clients } ? clients : [];
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            Log.ClientsNotRead(logger, fault.Message);
            return null;
        }
    }
}
