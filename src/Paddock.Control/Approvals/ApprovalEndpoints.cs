using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Paddock.Core.Approvals;

namespace Paddock.Control.Approvals;

/// <summary>Approvals over HTTP.</summary>
internal static class ApprovalEndpoints
{
    public static void MapApprovals(this IEndpointRouteBuilder control)
    {
        var approvals = control.MapGroup("/approvals").WithTags("Approvals");
        approvals.MapGet("", (HttpContext http, ControlDoor door, ListApprovals use, [AsParameters] ApprovalFilter filter) =>
            door.RunAsync(http, ControlJson.Default.ApprovalList, (actor, cancellationToken) => use.RunAsync(actor, filter.Query, cancellationToken)))
            .WithSummary("List approvals, newest first, a page at a time.").Produces<ApprovalList>().ProducesProblem(400);
        approvals.MapGet("/{approval}", (HttpContext http, ControlDoor door, ShowApproval use, string approval) =>
            door.RunAsync(http, ControlJson.Default.ApprovalView, (actor, cancellationToken) => use.RunAsync(actor, approval, cancellationToken)))
            .WithSummary("Show what exactly is asked, why, and how far it is.").Produces<ApprovalView>().ProducesProblem(404);
        approvals.MapPost("/{approval}/approve", (HttpContext http, ControlDoor door, ApproveRequest use, string approval) =>
            door.RunAsync(http, ControlJson.Default.ApproveInput, ControlJson.Default.ApprovalView, (actor, input, cancellationToken) => use.RunAsync(actor, approval, input, cancellationToken)))
            .WithSummary("Say yes.").Accepts<ApproveInput>("application/json").Produces<ApprovalView>().ProducesProblem(404).ProducesProblem(409);
        approvals.MapPost("/{approval}/deny", (HttpContext http, ControlDoor door, DenyRequest use, string approval) => DecideAsync(http, door, approval, use.RunAsync))
            .WithSummary("Say no, which ends the request.").Accepts<DecisionInput>("application/json").Produces<ApprovalView>().ProducesProblem(404).ProducesProblem(409);
        approvals.MapPost("/{approval}/revoke", (HttpContext http, ControlDoor door, RevokeApproval use, string approval) => DecideAsync(http, door, approval, use.RunAsync))
            .WithSummary("Take back what was approved, or one's own request.").Accepts<DecisionInput>("application/json").Produces<ApprovalView>().ProducesProblem(404).ProducesProblem(409);
        approvals.MapPost("/{approval}/override", (HttpContext http, ControlDoor door, OverrideRefusal use, string approval) => DecideAsync(http, door, approval, use.RunAsync))
            .WithSummary("Let one's own call pass that a soft rule refused, with a reason.").Accepts<DecisionInput>("application/json").Produces<ApprovalView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        control.MapGet("/approvers", (HttpContext http, ControlDoor door, ListApprovers use, DateTimeOffset? since) =>
            door.RunAsync(http, ControlJson.Default.ApproverList, (actor, cancellationToken) => use.RunAsync(actor, since, cancellationToken)))
            .WithTags("Approvals").WithSummary("Show how approvers decide: how many, how fast, how hastily.").Produces<ApproverList>();
    }

    private static Task DecideAsync(HttpContext http, ControlDoor door, string approval, Func<Actor, string, DecisionInput, CancellationToken, Task<Outcome<ApprovalView>>> use) =>
        door.RunAsync(http, ControlJson.Default.DecisionInput, ControlJson.Default.ApprovalView, (actor, input, cancellationToken) => use(actor, approval, input, cancellationToken));

    /// <summary>Which approvals, as a query says it.</summary>
    /// <param name="State">pending, approved, denied, expired, cancelled, consumed or revoked; without it all.</param>
    /// <param name="User">Name or id of who asked.</param>
    /// <param name="Before">The <c>next</c> of the page before.</param>
    internal sealed record ApprovalFilter(string? State, string? User, string? Before, int? Limit)
    {
        public ApprovalQuery Query => new()
        {
            State = State is null ? null : StateOf(State) ?? throw new BadHttpRequestException("state is none of pending, approved, denied, expired, cancelled, consumed, revoked."),
            Requester = User,
            Before = Before is null ? null : ApprovalId.TryParse(Before, out var id) ? id : throw new BadHttpRequestException("before is no approval id."),
            Limit = Limit ?? 50,
        };

        private static ApprovalState? StateOf(string name)
        {
            foreach (var state in Enum.GetValues<ApprovalState>())
            {
                if (JsonNamingPolicy.SnakeCaseLower.ConvertName(state.ToString()) == name)
                {
                    return state;
                }
            }

            return null;
        }
    }
}
