using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Paddock.Agents.RooCode.Tasks;

/// <summary>What a member holds.</summary>
internal enum MemberKind
{
    Text,
    Flag,
    Number,
    /// <summary>A number without a fraction.</summary>
    Whole,
    List,
    Object,
}

/// <param name="Required">Without it the event says nothing.</param>
internal sealed record EventMember(string Name, MemberKind Kind, bool Required = false);

/// <summary>Events of Roo Code's cloud client (extension 3.52.1) and what they may say. Of other properties nothing is read.</summary>
internal static class RooEventSchema
{
    public const string TaskMessage = "Task Message", LlmCompletion = "LLM Completion", TelemetrySettingsChanged = "Telemetry Settings Changed";

    private static readonly FrozenSet<string> types = FrozenSet.ToFrozenSet(
    [
        "Task Created", "Task Reopened", "Task Completed", TaskMessage, LlmCompletion, "Tool Used", "Mode Switched", "Checkpoint Created", "Checkpoint Restored", "Checkpoint Diffed", "Diff Application Error",
        "Shell Integration Error", "Consecutive Mistake Error", "Context Condensed", "Sliding Window Truncation", "Mode Setting Changed", "Custom Mode Created", "Tab Shown", "Code Action Used", "Prompt Enhanced",
        "Title Button Clicked", "Authentication Initiated", "Marketplace Item Installed", "Marketplace Item Removed", "Schema Validation Error", "Code Index Error", "Model Cache Empty Response",
        "Read File Legacy Format Used", "Featured Provider Clicked", TelemetrySettingsChanged,
    ], StringComparer.Ordinal);

    /// <summary>Several events of buttons.</summary>
    private static readonly ImmutableArray<string> families = ["Share ", "Account ", "Upsell "];

    /// <summary>Which tasks and mode an event is of.</summary>
    public static readonly ImmutableArray<EventMember> Place = [new("taskId", MemberKind.Text), new("parentTaskId", MemberKind.Text), new("mode", MemberKind.Text)];

    public static readonly ImmutableArray<EventMember> Todos = [.. Numbers(required: false, "total", "completed", "inProgress", "pending")];

    /// <summary>A message's text, images and reasoning are looked at for their types alone.</summary>
    public static readonly ImmutableArray<EventMember> Message =
    [
        new("ts", MemberKind.Whole, Required: true), new("type", MemberKind.Text, Required: true), .. Texts(required: false, "ask", "say", "text", "reasoning", "apiProtocol"), new("images", MemberKind.List),
        .. Flags("partial", "isProtected", "isAnswered"), new("conversationHistoryIndex", MemberKind.Number), new("checkpoint", MemberKind.Object), new("progressStatus", MemberKind.Object),
        new("contextCondense", MemberKind.Object), new("contextTruncation", MemberKind.Object),
    ];

    private static readonly ImmutableArray<EventMember> common =
    [
        .. Texts(required: false, "appName", "appVersion", "vscodeVersion", "platform", "editorName", "language", "apiProvider", "modelId", "diffStrategy", "repositoryUrl", "repositoryName", "defaultBranch"),
        .. Flags("cloudIsAuthenticated", "isSubtask"), new("todos", MemberKind.Object),
    ];

    private static readonly ImmutableArray<EventMember> completion = [.. common, .. Numbers(required: true, "inputTokens", "outputTokens"), .. Numbers(required: false, "cacheReadTokens", "cacheWriteTokens", "cost")];

    private static readonly ImmutableArray<EventMember> telemetry = [.. common, .. Texts(required: true, "previousSetting", "newSetting")];

    /// <summary>Whether a type is one of those. Of another one the common properties are kept, and its name as it is.</summary>
    public static bool IsKnown(string type) => types.Contains(type) || families.Any(family => type.StartsWith(family, StringComparison.Ordinal));

    /// <summary>Properties of a type that are kept as facts. The name of the machine (<c>hostname</c>) is not among them.</summary>
    public static ImmutableArray<EventMember> FactsOf(string type) => type switch
    {
        LlmCompletion => completion,
        TelemetrySettingsChanged => telemetry,
        _ => common,
    };

    private static IEnumerable<EventMember> Texts(bool required, params string[] names) => names.Select(name => new EventMember(name, MemberKind.Text, required));

    private static IEnumerable<EventMember> Flags(params string[] names) => names.Select(static name => new EventMember(name, MemberKind.Flag));

    private static IEnumerable<EventMember> Numbers(bool required, params string[] names) => names.Select(name => new EventMember(name, MemberKind.Number, required));
}
