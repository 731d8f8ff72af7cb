using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Paddock.Core.Audit;

namespace Paddock.Control.Audit;

/// <summary>The audit log's entries over HTTP, for auditors.</summary>
internal static class EntryEndpoints
{
    public static void MapAuditEntries(this IEndpointRouteBuilder control)
    {
        var audit = control.MapGroup("/audit").WithTags("Audit");
        audit.MapGet("/entries", (HttpContext http, ControlDoor door, ListEntries use, [AsParameters] EntryFilter filter) =>
            door.RunAsync(http, ControlJson.Default.EntryList, (actor, cancellationToken) => use.RunAsync(actor, filter.Query, cancellationToken)))
            .WithSummary("List entries of the audit log, newest first, a page at a time.").Produces<EntryList>().ProducesProblem(400);
        audit.MapGet("/entries/{about}", (HttpContext http, ControlDoor door, ShowEntries use, string about) =>
            door.RunAsync(http, ControlJson.Default.EntryList, (actor, cancellationToken) => use.RunAsync(actor, about, cancellationToken)))
            .WithSummary("Show one entry by its id, or all that are about something.").Produces<EntryList>().ProducesProblem(404);
        audit.MapGet("/entries/{id}/proof", (HttpContext http, ControlDoor door, ProveEntry use, string id) =>
            door.StreamAsync(http, "text/plain; charset=utf-8", (actor, cancellationToken) => use.RunAsync(actor, id, cancellationToken)))
            .WithSummary("Prove that an entry is in the log (c2sp.org/tlog-proof).").Produces<string>(200, "text/plain").ProducesProblem(404);
        audit.MapGet("/export", (HttpContext http, ControlDoor door, ExportEntries use, string format, DateTimeOffset? from, DateTimeOffset? to, string[]? act) =>
            door.StreamAsync(http, "application/x-ndjson", (actor, cancellationToken) => use.RunAsync(actor, new(format, from, to, act ?? []), cancellationToken)))
            .WithSummary("Write entries, oldest first, a line each: as OCSF events or as CloudEvents.").Produces<string>(200, "application/x-ndjson").ProducesProblem(400);
        audit.MapGet("/status", (HttpContext http, ControlDoor door, ShowLog use) => door.RunAsync(http, ControlJson.Default.LogView, use.RunAsync))
            .WithSummary("Show how the audit log stands: its newest log checkpoint and what waits for it.").Produces<LogView>();
    }

    /// <summary>Which entries, as a query says it.</summary>
    /// <param name="Act">Such as <c>tool.intent</c>.</param>
    /// <param name="Ref">What they are about, or the id of one.</param>
    /// <param name="Before">The <c>next</c> of the page before.</param>
    internal sealed record EntryFilter(string? Act, string? Ref, DateTimeOffset? Since, string? Before, int? Limit)
    {
        public EntryQuery Query => new()
        {
            Act = Act,
            Ref = Ref,
            Since = Since,
            Before = Before is null ? null : Guid.TryParseExact(Before, "D", out var id) ? id : throw new BadHttpRequestException("before is the 'next' of the page before, the id of an entry."),
            Limit = Limit ?? 100,
        };
    }
}
