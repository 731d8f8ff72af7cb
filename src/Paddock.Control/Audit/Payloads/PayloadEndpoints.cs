using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Paddock.Control.Audit.Payloads;

/// <summary>Kept content over HTTP: reading it, erasing it, holding it.</summary>
internal static class PayloadEndpoints
{
    public static void MapAuditPayloads(this IEndpointRouteBuilder control)
    {
        var audit = control.MapGroup("/audit").WithTags("Audit");
        audit.MapContent();
        audit.MapHolds();
        audit.MapGet("/retention", (HttpContext http, ControlDoor door, ShowRetention use) => door.RunAsync(http, ControlJson.Default.RetentionView, use.RunAsync))
            .WithSummary("Show what the retention of the release in force would erase now.").Produces<RetentionView>();
        audit.MapGet("/keys", (HttpContext http, ControlDoor door, ListDataKeys use) => door.RunAsync(http, ControlJson.Default.DataKeyList, use.RunAsync))
            .WithSummary("List data keys, and those that were destroyed.").Produces<DataKeyList>();
        audit.MapPost("/keys/{key}/shred", (HttpContext http, ControlDoor door, ShredKey use, string key) =>
            door.RunAsync(http, ControlJson.Default.ShredInput, ControlJson.Default.ShreddingView, (actor, input, cancellationToken) => use.RunAsync(actor, key, input, cancellationToken)))
            .WithSummary("Destroy a data key, and with it all that it seals.").Accepts<ShredInput>("application/json").Produces<ShreddingView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
    }

    private static void MapContent(this IEndpointRouteBuilder audit)
    {
        audit.MapGet("/content", (HttpContext http, ControlDoor door, ListContent use, [AsParameters] ContentFilter filter) =>
            door.RunAsync(http, ControlJson.Default.ContentList, (actor, cancellationToken) => use.RunAsync(actor, filter, cancellationToken)))
            .WithSummary("List what is kept, without the content, newest first.").Produces<ContentList>().ProducesProblem(400).ProducesProblem(404);
        audit.MapPost("/content/{id}/read", (HttpContext http, ControlDoor door, ReadContent use, string id) =>
            door.RunAsync(http, ControlJson.Default.ReadContentInput, ControlJson.Default.ContentReading, (actor, input, cancellationToken) => use.RunAsync(actor, id, input, cancellationToken)))
            .WithSummary("Read content; the log says who did. With salt and entry, so that it can be proved.").Accepts<ReadContentInput>("application/json").Produces<ContentReading>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        audit.MapPost("/content/redact", (HttpContext http, ControlDoor door, RedactContent use) => door.RunAsync(http, ControlJson.Default.RedactInput, ControlJson.Default.RedactionView, use.RunAsync))
            .WithSummary("Take content and salt away for good, or count what that would be.").Accepts<RedactInput>("application/json").Produces<RedactionView>().ProducesProblem(400).ProducesProblem(404);
    }

    private static void MapHolds(this IEndpointRouteBuilder audit)
    {
        audit.MapGet("/holds", (HttpContext http, ControlDoor door, ListHolds use) => door.RunAsync(http, ControlJson.Default.HoldList, use.RunAsync))
            .WithSummary("List legal holds, also those that have ended.").Produces<HoldList>();
        audit.MapPost("/holds", (HttpContext http, ControlDoor door, LayHold use) => door.RunAsync(http, ControlJson.Default.HoldInput, ControlJson.Default.HoldView, use.RunAsync))
            .WithSummary("Lay a legal hold on a task, a principal, a class or everything.").Accepts<HoldInput>("application/json").Produces<HoldView>().ProducesProblem(400).ProducesProblem(404);
        audit.MapPost("/holds/{hold}/end", (HttpContext http, ControlDoor door, EndHold use, string hold) =>
            door.RunAsync(http, ControlJson.Default.EndHoldInput, ControlJson.Default.HoldView, (actor, input, cancellationToken) => use.RunAsync(actor, hold, input, cancellationToken)))
            .WithSummary("End a legal hold.").Accepts<EndHoldInput>("application/json").Produces<HoldView>().ProducesProblem(400).ProducesProblem(404);
    }
}
