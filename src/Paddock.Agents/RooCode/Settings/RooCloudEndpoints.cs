using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Paddock.Agents.RooCode.Tasks;

namespace Paddock.Agents.RooCode.Settings;

/// <summary>What Roo Code and Zoo Code ask of <c>ROO_CODE_API_URL</c>. Each endpoint checks the token itself.</summary>
internal static class RooCloudEndpoints
{
    public const string Path = "/roo/api";

    public static void MapRooCloud(this IEndpointRouteBuilder routes)
    {
        foreach (var page in (string[])["/roo", "/roo/billing"])
        {
            routes.MapGet(page, static () => Results.Redirect("/account")).AllowAnonymous(); // the editor opens these in a browser, as its cloud's account and bills
        }

        var api = routes.MapGroup(Path).AllowAnonymous().WithMetadata(new RequestSizeLimitAttribute(RooSharing.MostBytes));
        api.MapGet("/extension-settings", static (HttpContext http, RooSettings settings) => settings.WriteAsync(http));
        api.MapPatch("/user-settings", static (HttpContext http, RooSettings settings) => settings.ChangeAsync(http));
        api.MapPost("/extension/share", static (HttpContext http, RooSharing sharing) => sharing.ShareAsync(http));
        api.MapPost("/events", static (HttpContext http, RooEvents events) => events.TakeAsync(http)).WithMetadata(new RequestSizeLimitAttribute(RooEvents.MostBytes));
        api.MapPost("/events/backfill", static (HttpContext http, RooSharing sharing) => sharing.BackfillAsync(http)).WithMetadata(new RequestSizeLimitAttribute(RooSharing.MostTaskBytes));
        api.MapGet("/extension/credit-balance", static (HttpContext http, RooFigures figures) => figures.WriteBalanceAsync(http));
        api.MapGet("/extension/bridge/config", static (HttpContext http, RooFigures figures) => figures.WriteBridgeAsync(http));
        api.MapGet("/marketplace/modes", static (HttpContext http, RooMarketplace marketplace) => marketplace.WriteModesAsync(http));
        api.MapGet("/marketplace/mcps", static (HttpContext http, RooMarketplace marketplace) => marketplace.WriteMcpsAsync(http));
    }
}
