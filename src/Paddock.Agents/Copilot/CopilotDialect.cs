using Paddock.Agents.Hooks;
using Paddock.Core.Agents;
using Paddock.Core.Policies;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;

namespace Paddock.Agents.Copilot;

/// <summary>GitHub Copilot CLI with a provider of one's own. It names neither version nor session; its SDK reads <c>x-should-retry</c> (1.0.102 stops at such a 429 and shows it).</summary>
internal sealed class CopilotDialect : IAgentDialect
{
    public string Agent => "copilot";

    public IReadOnlyList<ModelEntrance> Entrances => [];

    public IReadOnlyDictionary<string, ToolShape> Tools => CopilotTools.All;

    public bool Recognizes(ICallView call) => call.Header("x-initiator") is "user" or "agent";

    public TaskFacts Read(ICallView call) => new() { Agent = Agent, NativeTask = Said.By(call, "x-copilot-session-id") };

    public ToolResult ResultOf(ToolShape shape, ResultText said) => CopilotResult.Of(shape, said);

    public TaskSignal SignalOf(AgentEvent one) => HookTypes.IsTold(one) ? CopilotHooks.SignalOf(one, this) : CopilotTelemetry.SignalOf(one, this);

    public RefusalDress Dress(Refusal refusal) => RefusalDress.Usual(refusal);
}
