using Paddock.Agents.Hooks;
using Paddock.Core.Agents;
using Paddock.Core.Policies;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;

namespace Paddock.Agents.Codex;

/// <summary>OpenAI's Codex: CLI, exec and editor.</summary>
internal sealed class CodexDialect : IAgentDialect
{
    /// <summary>
    /// Codex 0.169.0 gives up at once on 400 and 429 alone, and shows a message only for 400; 401, 402, 403 and 404 it takes for a
    /// lost connection and tries six times (stream_max_retries, seen with the real one), longer with a Retry-After.
    /// </summary>
    private static readonly RefusalDress badRequest = new() { Status = 400, Headers = RefusalDress.Final.Headers };

    public string Agent => "codex";

    public IReadOnlyList<ModelEntrance> Entrances => [];

    public IReadOnlyDictionary<string, ToolShape> Tools => CodexTools.All;

    public bool Recognizes(ICallView call) => IsCodex(call.Header("originator")) || IsCodex(call.Header("User-Agent"));

    public TaskFacts Read(ICallView call)
    {
        var turn = TurnMetadata.Read(call.Header("x-codex-turn-metadata"));
        var session = Said.By(call, "session-id") ?? Said.By(call, "session_id")
            ?? Said.Member(call.Part(BodyPart.ClientMetadata), "session_id"u8) ?? Said.Text(call.Part(BodyPart.PromptCacheKey));
        var parent = Said.By(call, "x-codex-parent-thread-id");
        return new()
        {
            Agent = Agent,
            AgentVersion = IsCodex(call.Header("User-Agent")) ? Said.Version(call.Header("User-Agent")) : null,
            NativeTask = session,
            ParentTask = parent == session ? null : parent,
            Repository = turn.Repository,
            Device = turn.Installation,
        };
    }

    public ToolResult ResultOf(ToolShape shape, ResultText said) => CodexResult.Of(shape, said);

    public TaskSignal SignalOf(AgentEvent one) => HookTypes.IsTold(one) ? CodexHooks.SignalOf(one, this) : CodexTelemetry.SignalOf(one, this);

    /// <summary>A refused key keeps its 401, on which Codex asks its token command for a new one.</summary>
    public RefusalDress Dress(Refusal refusal) =>
        Dresses.IsIdentity(refusal.Reason) || refusal.Reason is RefusalReason.WebSocketUnsupported || !refusal.Reason.IsFinal() ? RefusalDress.Usual(refusal) : badRequest;

    private static bool IsCodex(string? text) => text?.StartsWith("codex", StringComparison.OrdinalIgnoreCase) is true;
}
