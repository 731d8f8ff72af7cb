using Paddock.Agents.OpenCode;
using Paddock.Core.Agents;
using Paddock.Core.Policies;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;

namespace Paddock.Agents.Kilo;

/// <summary>Kilo Code: extension and CLI. Its own provider sends <c>x-kilocode-*</c>, others what opencode sends, of which the CLI is a fork.</summary>
internal sealed class KiloDialect : IAgentDialect
{
    private const string Product = "Kilo-Code/";

    public string Agent => "kilo";

    public IReadOnlyList<ModelEntrance> Entrances => [];

    public IReadOnlyDictionary<string, ToolShape> Tools => OpenCodeTools.All;

    public McpToolName? McpOf(string name) => OpenCodeTools.McpOf(name);

    public bool Recognizes(ICallView call) => IsProduct(call.Header("User-Agent")) || call.Header("x-kilocode-taskid") is not null;

    public TaskFacts Read(ICallView call) => new()
    {
        Agent = Agent,
        AgentVersion = IsProduct(call.Header("User-Agent")) ? Said.Version(call.Header("User-Agent")) : null,
        NativeTask = Said.By(call, "x-kilocode-taskid") ?? Said.By(call, "x-session-id") ?? Said.By(call, "x-session-affinity"),
        ParentTask = Said.By(call, "x-kilocode-parent-taskid") ?? Said.By(call, "x-parent-session-id"),
        Mode = Said.By(call, "x-kilocode-mode"),
        Device = Said.By(call, "x-kilocode-machineid"),
    };

    public ToolResult ResultOf(ToolShape shape, ResultText said) => OpenCodeResult.Of(shape, said);

    public TaskSignal SignalOf(AgentEvent one) => OpenCodeHooks.SignalOf(one, this);

    public RefusalDress Dress(Refusal refusal) => Dresses.WithoutTooManyRequests(refusal);

    private static bool IsProduct(string? userAgent) => userAgent?.StartsWith(Product, StringComparison.Ordinal) is true;
}
