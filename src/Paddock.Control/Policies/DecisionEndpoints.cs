using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Tools;

namespace Paddock.Control.Policies;

/// <summary>Decisions on tool calls over HTTP.</summary>
internal static class DecisionEndpoints
{
    public static void MapDecisions(this IEndpointRouteBuilder control)
    {
        var decisions = control.MapGroup("/decisions").WithTags("Policies");
        decisions.MapGet("", (HttpContext http, ControlDoor door, ListDecisions use, [AsParameters] DecisionFilter filter) =>
            door.RunAsync(http, ControlJson.Default.DecisionList, (actor, cancellationToken) => use.RunAsync(actor, filter.Query, cancellationToken)))
            .WithSummary("List decisions on tool calls, newest first, a page at a time.").Produces<DecisionList>().ProducesProblem(400);
        decisions.MapGet("/{decision}", (HttpContext http, ControlDoor door, ShowDecision use, string decision) =>
            door.RunAsync(http, ControlJson.Default.DecisionView, (actor, cancellationToken) => use.RunAsync(actor, decision, cancellationToken)))
            .WithSummary("Show one decision: by which rule, on which facts, and what came of the call.").Produces<DecisionView>().ProducesProblem(404);
    }

    /// <summary>Which decisions, as a query says it.</summary>
    /// <param name="User">Name or id.</param>
    /// <param name="Session">The agent's own session id.</param>
    /// <param name="Class">command, edit, read, mcp, browser, mode, subtask or other.</param>
    /// <param name="Rule">policy/rule: where it decided, would have decided, or warned.</param>
    /// <param name="Effect">allow, require_approval or deny.</param>
    /// <param name="Before">The <c>next</c> of the page before.</param>
    internal sealed record DecisionFilter(
        string? User, string? Agent, string? Task, string? Session, string? Tool, string? Class, string? Rule, string? Effect, string? Release, DateTimeOffset? Since, DateTimeOffset? Until, string? Before, int? Limit)
    {
        public DecisionQuery Query => new()
        {
            Principal = User,
            Agent = Agent,
            Task = Task,
            NativeTask = Session,
            Tool = Tool,
            Class = Class is null ? null : ToolClassNames.All.IndexOf(Class) is >= 0 and var at ? (ToolClass)at : throw new BadHttpRequestException($"class is none of {string.Join(", ", ToolClassNames.All)}."),
            Rule = Rule,
            Effect = Effect switch
            {
                null => null,
                "allow" => Core.Policies.Effect.Allow,
                "require_approval" => Core.Policies.Effect.RequireApproval,
                "deny" => Core.Policies.Effect.Deny,
                _ => throw new BadHttpRequestException("effect is none of allow, require_approval, deny."),
            },
            ReleaseDigest = Release,
            Since = Since,
            Until = Until,
            Before = Before,
            Limit = Limit ?? 100,
        };
    }
}
