using Microsoft.AspNetCore.Http;
using Paddock.Control;
using Paddock.Control.Agents;
using Paddock.Core.Identity;
using Paddock.Web.Identity;
using Paddock.Web.Kit;

namespace Paddock.Web.Agents;

/// <summary>The clients that were seen.</summary>
internal sealed class ClientPages(ConsoleDoor door, ListClients list)
{
    public const string Path = "/clients";

    private const int PageSize = 50;

    public Task ShowAsync(HttpContext http) => door.ShowAsync(http, async session =>
    {
        var query = http.Request.Query;
        var filter = new ClientFilter { User = Said(query["user"]), Agent = Said(query["agent"]), Stale = query["stale"] == "true", Before = Said(query["before"]), Limit = PageSize };
        var outcome = await list.RunAsync(session.Actor, filter, http.RequestAborted);
        var (fault, status) = OutcomeText.Of(outcome);
        return outcome switch
        {
            Outcome<ClientList>.Done { Value: var found } => ClientsPage.Of(session, found, filter, fault: null, StatusCodes.Status200OK),
            Outcome<ClientList>.Forbidden => PlainPage.NoRole(session, ControlRoles.Viewer),
            _ => ClientsPage.Of(session, new([], null), filter, fault, status),
        };
    });

    /// <param name="next">Where the page begins.</param>
    public static string PathOf(ClientFilter filter, string next) =>
        $"{Path}?user={Uri.EscapeDataString(filter.User ?? "")}&agent={Uri.EscapeDataString(filter.Agent ?? "")}{(filter.Stale ? "&stale=true" : "")}&before={Uri.EscapeDataString(next)}";

    private static string? Said(string? text) => text?.Trim() is { Length: > 0 } said ? said : null;
}
