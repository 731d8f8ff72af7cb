using Paddock.Core.Agents;
using Paddock.Core.Models;
using Paddock.Core.Policies;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;

namespace Paddock.Testing.Fleet;

/// <summary>One of the fleet's agents. Its events are called what they mean.</summary>
public sealed class FleetDialect(string agent) : IAgentDialect
{
    public static IEnumerable<IAgentDialect> All => [new FleetDialect("codex"), new FleetDialect("roo-code"), new FleetDialect("opencode")];

    public string Agent => agent;

    public bool ClaimsByTool => agent == "roo-code";

    public IReadOnlyDictionary<string, ToolShape> Tools { get; } = new Dictionary<string, ToolShape>(StringComparer.Ordinal);

    public IReadOnlyList<ModelEntrance> Entrances => [];

    public bool Recognizes(ICallView call) => false;

    public TaskFacts Read(ICallView call) => TaskFacts.None;

    public RefusalDress Dress(Refusal refusal) => throw new NotSupportedException();

    /// <summary>Its facts are a model and a repository with a blank between, or nothing.</summary>
    public TaskSignal SignalOf(AgentEvent one) => new(Enum.Parse<TaskSignalKind>(one.Type))
    {
        Model = one.Facts.Split(' ') is [var model, _] ? model : null,
        Repository = one.Facts.Split(' ') is [_, var repository] ? repository : null,
        CostNanoUsd = one.Type == nameof(TaskSignalKind.Turn) ? 1_000_000 : null,
    };
}
