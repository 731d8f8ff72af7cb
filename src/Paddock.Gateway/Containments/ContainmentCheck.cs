using Paddock.Core.Containments;
using Paddock.Core.Snapshot;
using Paddock.Core.Tools;
using Paddock.Gateway.Guard;
using Paddock.Gateway.Identify;

namespace Paddock.Gateway.Containments;

/// <summary>Asks the live containments, never those of a call's beginning: what is contained stops in the middle.</summary>
internal sealed class ContainmentCheck(IContainments containments, TimeProvider time)
{
    private readonly TaskIds tasks = new();

    /// <summary>Whether some call may be stopped; while not, nothing else need be asked.</summary>
    public bool StopsCalls => containments.Current.HasCalls;

    /// <summary>What stops a tool call: what stops its caller, or the tool itself.</summary>
    public Containment? OfTool(ICallOrigin origin, string tool, McpToolName? mcp)
    {
        var set = containments.Current;
        if (set.IsEmpty)
        {
            return null;
        }

        var (facts, now) = (FactsOf(origin), time.GetUtcNow());
        return set.OfCall(facts, now) ?? set.OfTool(facts, tool, mcp, now);
    }

    /// <summary>What stops the call at the provider that serves it now, if any does.</summary>
    public Containment? OfCall(ICallOrigin origin) => StopsCalls ? containments.Current.OfCall(FactsOf(origin), time.GetUtcNow()) : null;

    /// <summary>What stops the call from going there.</summary>
    public Containment? OfCall(ICallOrigin origin, UpstreamTarget target) =>
        StopsCalls ? containments.Current.OfCall(FactsOf(origin) with { Provider = target.Provider.Name, UpstreamModel = target.Model }, time.GetUtcNow()) : null;

    /// <summary>Whether the tool calls of an answer must be looked at.</summary>
    public bool MayStopTools(ICallOrigin origin) => containments.Current.HasTools && containments.Current.MayStopTools(FactsOf(origin), time.GetUtcNow());

    /// <summary>What is known of a call by now; its caller is.</summary>
    public ContainmentFacts FactsOf(ICallOrigin origin)
    {
        var (principal, task) = (origin.Caller.Principal.Id, origin.Task);
        return new()
        {
            User = principal,
            Key = origin.Caller.Key.Id,
            Agent = task.Agent,
            Task = origin.TaskId,
            NativeTask = task.NativeTask,
            ParentTask = task.ParentTask is { } parent ? tasks.Of(principal.Value, task.Agent, parent) : null,
            NativeParentTask = task.ParentTask,
            Model = origin.Model,
            UpstreamModel = origin.UpstreamModel,
            Provider = origin.Provider,
        };
    }
}
