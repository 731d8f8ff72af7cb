using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Paddock.Core.Ledger;

namespace Paddock.Control.Ledger;

/// <summary>The ledger over HTTP.</summary>
internal static class LedgerEndpoints
{
    public static void MapLedger(this IEndpointRouteBuilder control)
    {
        var calls = control.MapGroup("/calls").WithTags("Ledger");
        calls.MapGet("", (HttpContext http, ControlDoor door, ListCalls use, [AsParameters] CallFilter filter) =>
            door.RunAsync(http, ControlJson.Default.CallList, (actor, cancellationToken) => use.RunAsync(actor, filter.Query, cancellationToken)))
            .WithSummary("List calls, newest first, a page at a time.").Produces<CallList>().ProducesProblem(400);
        calls.MapGet("/{id}", (HttpContext http, ControlDoor door, ShowCall use, string id) =>
            door.RunAsync(http, ControlJson.Default.CallView, (actor, cancellationToken) => use.RunAsync(actor, id, cancellationToken)))
            .WithSummary("Show one call with its attempts.").Produces<CallView>().ProducesProblem(404);
        control.MapGet("/providers", (HttpContext http, ControlDoor door, ShowProviders use) => door.RunAsync(http, ControlJson.Default.ProviderList, use.RunAsync))
            .WithTags("Ledger").WithSummary("Show how the providers have answered in the last hour.").Produces<ProviderList>();
    }

    /// <summary>Which calls, as a query says it.</summary>
    /// <param name="User">Name or id.</param>
    /// <param name="Key">Name, prefix or id.</param>
    /// <param name="Session">The agent's own session id.</param>
    /// <param name="Before">The <c>next</c> of the page before.</param>
    internal sealed record CallFilter(string? User, string? Key, string? Agent, string? Task, string? Session, DateTimeOffset? Since, DateTimeOffset? Until, string? Before, int? Limit)
    {
        public CallQuery Query => new()
        {
            Principal = User,
            Key = Key,
            Agent = Agent,
            Task = Task,
            NativeTask = Session,
            Since = Since,
            Until = Until,
            Limit = Limit ?? 100,
            Before = Before is null ? null : CallId.TryParse(Before, out var id) ? id : throw new BadHttpRequestException("before is no call id."),
        };
    }
}
