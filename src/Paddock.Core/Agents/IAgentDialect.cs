using Paddock.Core.Models;
using Paddock.Core.Policies;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;

namespace Paddock.Core.Agents;

/// <summary>One agent's own dialect. Pure: it reads facts, names its entrances and says how a refusal must look to make that agent stop.</summary>
public interface IAgentDialect
{
    /// <summary>Stable id in lower case and hyphens, such as <c>roo-code</c>.</summary>
    string Agent { get; }

    /// <summary>What the same agent is called besides by keys that pin it and by <c>X-Paddock-Agent</c>; calls under a pinned name keep it.</summary>
    IReadOnlyList<string> OtherNames => [];

    /// <summary>Whether this call comes from this agent, told by its own headers (never by <c>X-Paddock-Agent</c>, which the gateway reads itself).</summary>
    bool Recognizes(ICallView call);

    /// <summary>Version, session, parent, mode, repository as this agent sends them; all asserted. Called also when the agent is named by key or header.</summary>
    TaskFacts Read(ICallView call);

    /// <summary>How to dress a refusal so that this agent shows it and stops.</summary>
    RefusalDress Dress(Refusal refusal);

    /// <summary>Its own tools, by the names it offers them under.</summary>
    IReadOnlyDictionary<string, ToolShape> Tools { get; }

    /// <summary>The MCP server and its tool that a name of none of its own tools stands for; null where the name does not tell.</summary>
    McpToolName? McpOf(string name) => null;

    /// <summary>
    /// By which of its tools a refusal is told when nothing makes the refused call harmless, best first: for an agent that goes on asking
    /// when a turn calls no tool. The first that the request offers is called; without one a text is said.
    /// </summary>
    IReadOnlyList<StandInTool> StandIns => [];

    /// <summary>What came of a tool call, by what this agent told the model.</summary>
    ToolResult ResultOf(ToolShape shape, ResultText said) => UsualResult.Of(shape, said);

    /// <summary>It says that its work is done by calling a tool (<see cref="ToolShape.ClaimsCompletion"/>); else by an answer that calls none.</summary>
    bool ClaimsByTool => false;

    /// <summary>What an event of its own client says of a task. Pure, and the same each time: events are read again whenever their task changes.</summary>
    TaskSignal SignalOf(AgentEvent one) => TaskSignal.None;

    /// <summary>Model endpoints of its own, beside the common ones.</summary>
    IReadOnlyList<ModelEntrance> Entrances { get; }
}

/// <summary>A model endpoint beside the common ones, for example Roo Code's model proxy.</summary>
/// <param name="Path">Request path, exact.</param>
/// <param name="Wire">The protocol spoken there.</param>
/// <param name="Agent">The agent it is for.</param>
/// <param name="CostInUsage">Whether <c>usage.cost</c> (USD) is spliced into the last usage of an answer.</param>
public sealed record ModelEntrance(string Path, Wire Wire, string Agent, bool CostInUsage)
{
    /// <summary>The agent knows of this endpoint, and Paddock does not serve it: what whoever calls it is told. Null = it is served.</summary>
    public string? Unserved { get; init; }
}
