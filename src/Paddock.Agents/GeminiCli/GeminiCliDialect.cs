using Paddock.Agents.Hooks;
using Paddock.Core.Agents;
using Paddock.Core.Policies;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;

namespace Paddock.Agents.GeminiCli;

/// <summary>Gemini CLI. It sends no session; it speaks a wire that Paddock does not serve yet, and is known so that its refusals say whose they are.</summary>
internal sealed class GeminiCliDialect : IAgentDialect
{
    private const string Product = "GeminiCLI";

    public string Agent => "gemini-cli";

    public IReadOnlyList<ModelEntrance> Entrances => [];

    public IReadOnlyDictionary<string, ToolShape> Tools => GeminiCliTools.All;

    public bool Recognizes(ICallView call) => IsProduct(call.Header("User-Agent"));

    public TaskFacts Read(ICallView call) => new() { Agent = Agent, AgentVersion = IsProduct(call.Header("User-Agent")) ? Said.Version(call.Header("User-Agent")) : null };

    public ToolResult ResultOf(ToolShape shape, ResultText said) => GeminiCliResult.Of(shape, said);

    public TaskSignal SignalOf(AgentEvent one) => HookTypes.IsTold(one) ? GeminiCliHooks.SignalOf(one, this) : GeminiCliTelemetry.SignalOf(one, this);

    public RefusalDress Dress(Refusal refusal) => RefusalDress.Usual(refusal);

    private static bool IsProduct(string? userAgent) => userAgent?.StartsWith(Product, StringComparison.Ordinal) is true;
}
