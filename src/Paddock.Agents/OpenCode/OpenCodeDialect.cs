using Paddock.Core.Agents;
using Paddock.Core.Policies;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;

namespace Paddock.Agents.OpenCode;

/// <summary>opencode. A sub-agent is a session of its own that names its parent; the call that makes a session's title belongs to the session.</summary>
internal sealed class OpenCodeDialect : IAgentDialect
{
    private const string Product = "opencode/";

    public string Agent => "opencode";

    public IReadOnlyList<ModelEntrance> Entrances => [];

    public IReadOnlyDictionary<string, ToolShape> Tools => OpenCodeTools.All;

    public McpToolName? McpOf(string name) => OpenCodeTools.McpOf(name);

    public bool Recognizes(ICallView call) => IsProduct(call.Header("User-Agent"));

    public TaskFacts Read(ICallView call) => new()
    {
        Agent = Agent,
        AgentVersion = IsProduct(call.Header("User-Agent")) ? Said.Version(call.Header("User-Agent")) : null,
        NativeTask = Said.By(call, "x-session-id") ?? Said.By(call, "x-opencode-session") ?? Said.By(call, "x-session-affinity"),
        ParentTask = Said.By(call, "x-parent-session-id"),
    };

    public ToolResult ResultOf(ToolShape shape, ResultText said) => OpenCodeResult.Of(shape, said);

    public TaskSignal SignalOf(AgentEvent one) => OpenCodeHooks.SignalOf(one, this);

    public RefusalDress Dress(Refusal refusal) => Dresses.WithoutTooManyRequests(refusal);

    private static bool IsProduct(string? userAgent) => userAgent?.StartsWith(Product, StringComparison.Ordinal) is true;
}
