using System.Collections.Frozen;
using Paddock.Core.Agents;
using Paddock.Core.Approvals;
using Paddock.Core.Ledger;
using Paddock.Core.Policies;
using Paddock.Core.Snapshot;
using Paddock.Core.Tools;
using Paddock.Gateway.Identify;
using Paddock.Gateway.Tasks;

namespace Paddock.Gateway.Guard;

/// <summary>Decides calls for those who enforce outside of the gateway, by the same engine, and each call once.</summary>
internal sealed class OutsideDecisions(
    ToolShapes shapes, ClientCheck clients, LiveTasks tasks, ToolDecisionPoint decisions, DecisionBook book, ISnapshots snapshots, IEnumerable<IAgentDialect> dialects, ApprovalLinks links, GatewayOptions options, TimeProvider time)
    : IDecisionPoint
{
    private const string NoScope = "This key may not ask for decisions on tools. Make one that may: paddock key create --name NAME --user USER --tools.";

    private const string InTheMaking = "The same call is being decided for somebody else; ask again";

    /// <summary>How long the engine itself may take, its database included.</summary>
    private static readonly TimeSpan engine = TimeSpan.FromSeconds(2);

    private readonly FrozenDictionary<string, IAgentDialect> byAgent = dialects.ByName();

    public async Task<OutsideDecision> DecideAsync(OutsideCall call, CancellationToken cancellationToken)
    {
        if (!call.Caller.Key.Scopes.Tools)
        {
            return new OutsideDecision.NotPermitted(NoScope);
        }

        var origin = OriginOf(call, cancellationToken);
        var tool = new ToolCall(call.CallId, call.Tool, ShapeOf(call, origin.Task.Agent), call.Arguments, call.IsFree);
        if (decisions.Stopped(origin, tool) is { } stopped)
        {
            return Told(stopped); // also when the same call was let go before
        }

        await clients.PrepareAsync(origin);
        await tasks.PrepareAsync(origin);
        var read = ToolSubjects.Read(origin, tool, tasks);
        if (SameCall.Of(origin, tool, CallDigest.Of(tool, read.Arguments)) is not { } same)
        {
            return Told(await DecideAsync(origin, read));
        }

        try
        {
            var patience = call.Holds ? options.HoldPlainFor + engine : engine;
            return Told(await book.OnceAsync(same, given => DecideAsync(OriginOf(call, given), read), patience, cancellationToken));
        }
        catch (TimeoutException)
        {
            return Told(decisions.NotEvaluated(origin, tool, InTheMaking));
        }
    }

    private async Task<Judgement> DecideAsync(OutsideOrigin origin, ReadCall read)
    {
        var judgement = await decisions.ReleasedAsync(origin, read, origin.Gone) ?? decisions.Judge(origin, read);
        return judgement is Judgement.Waits waits
            ? await waits.Outcome with { Rule = waits.Rule, Warning = waits.Warning, Release = waits.Release }
            : judgement;
    }

    private OutsideOrigin OriginOf(OutsideCall call, CancellationToken cancellationToken)
    {
        var (task, principal) = (OutsideOrigin.Pinned(call), call.Caller.Principal.Id.Value);
        var taskId = task.NativeTask is { } native ? TaskKey.Compute(principal, task.Agent, native) : null;
        return new()
        {
            Id = CallIds.Next(time.GetUtcNow()),
            Caller = call.Caller,
            Snapshot = snapshots.For(principal, taskId),
            Task = task,
            TaskId = taskId,
            Model = call.Model,
            Holds = call.Holds,
            Folder = call.WorkingDirectory,
            HandsObligationsOn = call.TakesObligations,
            Gone = cancellationToken,
        };
    }

    private ToolShape ShapeOf(OutsideCall call, string agent) =>
        call.Mcp is { } mcp ? new(ToolClass.Mcp) { Mcp = mcp } : shapes.Of(byAgent.GetValueOrDefault(agent), call.Tool, type: null);

    private OutsideDecision Told(Judgement judgement)
    {
        OutsideDecision told = judgement switch
        {
            Judgement.Allowed => new OutsideDecision.Allowed(),
            Judgement.Refused { Awaited: { } approval } waiting => new OutsideDecision.Waiting(waiting.Said, approval.Id, approval.ExpiresAt, links.Of(approval.Id)),
            Judgement.Refused refused => new OutsideDecision.Denied(refused.Said),
            _ => throw new InvalidOperationException("A decision that is made waits for nobody."),
        };
        return told with
        {
            Id = judgement.Decision,
            Rule = judgement.Rule?.Name,
            Because = judgement.Rule?.Rule.Because,
            Fix = judgement.Rule?.Rule.Fix,
            Warning = judgement.Warning?.Name,
            Release = judgement.Release.ToString(),
            Obligations = judgement.Rule?.Rule.Obligations.RemoveAll(static obligation => obligation.Type == RuleObligation.Notification) ?? [], // that one Paddock does itself
        };
    }
}
