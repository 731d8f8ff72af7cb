using Paddock.Agents.Hooks;
using Paddock.Core.Agents;
using Paddock.Core.Policies;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;

namespace Paddock.Agents.Cline;

/// <summary>
/// Cline: extension and CLI. Only its own provider names itself and the task; with the <c>openai-compatible</c> and
/// <c>anthropic</c> providers the CLI sends nothing but its SDK's user agent, so there the key or <c>X-Paddock-Agent</c> must say
/// it, and the task is derived.
/// </summary>
internal sealed class ClineDialect : IAgentDialect
{
    private const string Product = "Cline/";

    public string Agent => "cline";

    public IReadOnlyList<ModelEntrance> Entrances => [];

    public IReadOnlyDictionary<string, ToolShape> Tools => ClineTools.All;

    public bool Recognizes(ICallView call) => IsProduct(call.Header("User-Agent")) || call.Header("x-client-type")?.StartsWith("cline", StringComparison.OrdinalIgnoreCase) is true;

    public TaskFacts Read(ICallView call) => new()
    {
        Agent = Agent,
        AgentVersion = Said.By(call, "x-client-version") ?? (IsProduct(call.Header("User-Agent")) ? Said.Version(call.Header("User-Agent")) : null),
        NativeTask = Said.By(call, "x-task-id"),
    };

    public ToolResult ResultOf(ToolShape shape, ResultText said) => ClineResult.Of(shape, said);

    public TaskSignal SignalOf(AgentEvent one) => HookTypes.IsTold(one) ? ClineHooks.SignalOf(one, this) : ClineTelemetry.SignalOf(one, this);

    public RefusalDress Dress(Refusal refusal) => Dresses.WithoutTooManyRequests(refusal);

    private static bool IsProduct(string? userAgent) => userAgent?.StartsWith(Product, StringComparison.Ordinal) is true;
}
