using Paddock.Agents.Hooks;
using Paddock.Core.Agents;
using Paddock.Core.Policies;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;

namespace Paddock.Agents.Cursor;

/// <summary>Cursor. Its models' traffic goes to its own service, so that only its hooks come here, or calls that a key or <c>X-Paddock-Agent</c> says are its.</summary>
internal sealed class CursorDialect : IAgentDialect
{
    public string Agent => "cursor";

    public IReadOnlyList<ModelEntrance> Entrances => [];

    public IReadOnlyDictionary<string, ToolShape> Tools => CursorTools.All;

    public bool Recognizes(ICallView call) => false;

    public TaskFacts Read(ICallView call) => new() { Agent = Agent };

    public TaskSignal SignalOf(AgentEvent one) => HookTypes.IsTold(one) ? CursorHooks.SignalOf(one, this) : TaskSignal.None;

    public RefusalDress Dress(Refusal refusal) => RefusalDress.Usual(refusal);
}
