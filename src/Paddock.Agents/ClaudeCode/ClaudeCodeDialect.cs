using Paddock.Agents.Hooks;
using Paddock.Core.Agents;
using Paddock.Core.Policies;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;

namespace Paddock.Agents.ClaudeCode;

/// <summary>Claude Code.</summary>
internal sealed class ClaudeCodeDialect : IAgentDialect
{
    private const string SessionHeader = "x-claude-code-session-id";

    // Anthropic's own gateway answers so. A bare 429 costs minutes of silent retries (model-gateway facts §3 row 17); the long
    // Retry-After that budgets carry makes clients that look at nothing else give up as well.
    private static readonly RefusalDress billing = new() { Status = 429, ErrorType = "billing_error", Headers = RefusalDress.Final.Headers };

    public string Agent => "claude-code";

    public IReadOnlyList<ModelEntrance> Entrances => [];

    public IReadOnlyDictionary<string, ToolShape> Tools => ClaudeCodeTools.All;

    public bool Recognizes(ICallView call) =>
        call.Header("User-Agent")?.StartsWith("claude-cli/", StringComparison.Ordinal) is true || call.Header(SessionHeader) is not null;

    /// <summary>The task is the session, which is also what its hooks and telemetry name; the calls of its sub-agents are its calls.</summary>
    public TaskFacts Read(ICallView call) => new()
    {
        Agent = Agent,
        AgentVersion = call.Header("User-Agent") is { } agent && agent.StartsWith("claude-cli/", StringComparison.Ordinal) ? Said.Version(agent) : null,
        NativeTask = Said.By(call, SessionHeader) ?? SessionInMetadata(call),
    };

    public ToolResult ResultOf(ToolShape shape, ResultText said) => ClaudeCodeResult.Of(shape, said);

    public TaskSignal SignalOf(AgentEvent one) => HookTypes.IsTold(one) ? ClaudeCodeHooks.SignalOf(one, this) : ClaudeCodeTelemetry.SignalOf(one, this);

    public RefusalDress Dress(Refusal refusal) => refusal.Reason is RefusalReason.BudgetExceeded ? billing : RefusalDress.Usual(refusal);

    /// <summary>Older versions say it only in <c>metadata.user_id</c>: JSON with a <c>session_id</c>, or text that ends in <c>_session_</c> and the id.</summary>
    private static string? SessionInMetadata(ICallView call)
    {
        const string mark = "_session_";
        var user = Said.Member(call.Part(BodyPart.Metadata), "user_id"u8, maxLength: 1000);
        if (user is null)
        {
            return null;
        }

        if (user.StartsWith('{'))
        {
            return Said.Member(System.Text.Encoding.UTF8.GetBytes(user), "session_id"u8);
        }

        var at = user.LastIndexOf(mark, StringComparison.Ordinal);
        return at < 0 ? null : Said.Name(user[(at + mark.Length)..]);
    }
}
