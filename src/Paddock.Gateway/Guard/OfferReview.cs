using Paddock.Core.Audit;
using Paddock.Core.Policies;
using Paddock.Core.Tools;
using Paddock.Gateway.Containments;
using Paddock.Gateway.Decide;
using Paddock.Gateway.Protocols;
using Paddock.Gateway.Tasks;

namespace Paddock.Gateway.Guard;

/// <summary>
/// Decides on the request what no answer can be asked for: tools that the provider runs itself, and MCP servers it calls. What policy
/// refuses is taken out, because agents offer such tools whether they need them or not; a request that insists on one is refused.
/// Tools that agents run are left alone but for those that a rule hides.
/// </summary>
internal sealed class OfferReview(ToolShapes shapes, ToolDecisionPoint decisions, ContainmentCheck containments, IAuditLog audit, LiveTasks tasks)
{
    /// <returns>Null when the call may be sent.</returns>
    public ValueTask<Refusal?> JudgeAsync(Exchange exchange)
    {
        if (!audit.IsAvailable && OffersMutating(exchange))
        {
            return new(Refusals.AuditUnavailable()); // its calls would have to be refused one by one
        }

        var policies = exchange.Snapshot!.Policies; // decided before
        if (exchange.Entrance.CountsTokens || (policies.IsEmpty && !containments.MayStopTools(exchange)))
        {
            return default;
        }

        if (!exchange.Request.OffersTools)
        {
            exchange.Offers = ToolOffers.None;
            return default;
        }

        var offers = exchange.Offers = exchange.Protocol.Offers.Read(exchange.Body!.Span, exchange.Request); // received before
        return offers is not null ? JudgeAsync(exchange, policies, offers)
            : new(policies.Enforces ? Unreadable() : null);
    }

    private async ValueTask<Refusal?> JudgeAsync(Exchange exchange, PolicySet policies, ToolOffers offers)
    {
        foreach (var tool in offers.Tools)
        {
            if (tool.Runs is not null)
            {
                if (await JudgeAsync(exchange, offers, tool) is { } refusal)
                {
                    return refusal;
                }
            }
            else if (policies.HidesTools && !offers.Chooses(tool) && IsHidden(exchange, policies, tool))
            {
                offers.TakeOut(tool);
            }
        }

        exchange.TakenOut = OfferRemoval.Of(exchange.Body!.Span, exchange.Request, offers); // received before
        return null;
    }

    private async ValueTask<Refusal?> JudgeAsync(Exchange exchange, ToolOffers offers, OfferedTool tool)
    {
        var origin = new OfferOrigin(exchange, exchange.Targets!.Targets[0]); // resolved before
        var (judgement, asksPeople) = decisions.JudgeUnseen(origin, Reads(exchange, tool));
        if (judgement is Judgement.Waits waits)
        {
            judgement = await waits.Outcome;
        }

        if (judgement is not Judgement.Refused refused)
        {
            return null;
        }

        if (asksPeople || offers.Chooses(tool))
        {
            return Refused(tool, refused.Said);
        }

        offers.TakeOut(tool);
        return null;
    }

    /// <summary>What its calls may be: at any provider of the route, of any tool of the server.</summary>
    private List<ReadCall> Reads(Exchange exchange, OfferedTool tool)
    {
        var definition = ProviderTools.Describe(tool);
        return [.. from target in exchange.Targets!.Targets from mcp in tool.McpTools ?? [McpToolName.Any] select ToolSubjects.ReadUnseen(new OfferOrigin(exchange, target), tool, mcp, definition, tasks)]; // resolved before
    }

    /// <summary>Whether a call may come of it that changes something. What cannot be read may.</summary>
    private bool OffersMutating(Exchange exchange) =>
        !exchange.Entrance.CountsTokens && exchange.Request.OffersTools
        && (exchange.Protocol.Offers.Read(exchange.Body!.Span, exchange.Request) is not { } offers // received before
            || offers.Tools.Any(tool => (tool.Runs ?? shapes.Of(exchange.Dialect, tool.Name, tool.Type)).Mutating));

    /// <summary>Whether it is denied for certain, whichever provider serves the call.</summary>
    private bool IsHidden(Exchange exchange, PolicySet policies, OfferedTool tool)
    {
        var shape = shapes.Of(exchange.Dialect, tool.Name, tool.Type);
        return exchange.Targets!.Targets.All(target => policies.Hides(ToolSubjects.ReadName(new OfferOrigin(exchange, target), tool.Name, shape, tasks))); // resolved before
    }

    private static Refusal Refused(OfferedTool tool, string said) =>
        new(RefusalReason.ToolNotAllowed, 403, $"{Shown(tool)}, which the provider would run. {said}") { Parameter = "tools" };

    /// <summary>A server's label is the asker's own text: shown back, but only if it looks like a name.</summary>
    private static string Shown(OfferedTool tool) => tool.Runs!.Mcp is { Server: var label } // asked before
        ? $"The request names the MCP server '{(label.Length <= 100 && label.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') ? label : "…")}'"
        : $"The request offers {(tool.Runs == ToolShape.Unknown ? "a tool of a type that is not known here" : tool.Name)}";

    private static Refusal Unreadable() =>
        new(RefusalReason.DuplicateMember, 400, "The request's tools could be read in two ways, so that nobody can tell what the provider would run: a member twice, or something that is no tool.") { Parameter = "tools" };
}
