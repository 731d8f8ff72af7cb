namespace Paddock.Core.Policies;

/// <summary>Why a call was refused. Closed set; the name in lower snake case is the reason code on the wire, in the ledger and in metrics.</summary>
public enum RefusalReason
{
    MissingKey,
    MalformedKey,
    UnknownKey,
    KeyRevoked,
    KeyExpired,
    /// <summary>The session of the token has ended, or the token's own time is over: its holder signs in, or asks for another.</summary>
    SessionEnded,
    PrincipalDisabled,
    ScopeMissing,
    /// <summary>The caller's team profile does not take calls in this mode, or without one.</summary>
    ModeNotAllowed,
    /// <summary>The client works under settings that are older than the caller's team profile lets them be.</summary>
    StaleClient,
    /// <summary>The task has gone on for longer than the caller's team profile lets it.</summary>
    StaleTask,
    ModelNotAllowed,
    ModelUnknown,
    NoProvider,
    UnpricedModel,
    BudgetExceeded,
    /// <summary>An operator has stopped the caller, the task, the model or its providers for a while.</summary>
    Contained,
    /// <summary>A mitigation turns calls of this kind away for a while, so that the others are served.</summary>
    Shed,
    /// <summary>A mitigation asks for smaller tasks.</summary>
    TaskTooLarge,
    MalformedBody,
    DuplicateMember,
    BodyTooLarge,
    UnsupportedEncoding,
    UnsupportedMediaType,
    UnsupportedFeature,
    WebSocketUnsupported,
    UnknownPath,
    TooManyBufferedBytes,
    LedgerUnavailable,
    /// <summary>The request offers tools that change something, and what they do could not be recorded.</summary>
    AuditUnavailable,
    ShuttingDown,
    RequestTimeout,
    /// <summary>The request makes the provider run a tool that policy does not allow, or that somebody has to allow first.</summary>
    ToolNotAllowed,
    /// <summary>Not a decision: every provider of the route failed before the answer began.</summary>
    UpstreamUnavailable,
    UpstreamTimeout,
    UpstreamEncoding,
    /// <summary>The answer's tool calls cannot be judged, so that none of it is passed on.</summary>
    NotEvaluated,
    /// <summary>A fault of Paddock's own.</summary>
    InternalError,
}

/// <summary>A refusal before it is written in a wire's own shape.</summary>
/// <param name="Message">For people: what was refused and what to do; never a secret, never the request's content.</param>
public sealed record Refusal(RefusalReason Reason, int Status, string Message)
{
    /// <summary>When trying again makes sense; null = never without a change.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>When what refuses it ends by itself: a budget's window, a containment.</summary>
    public DateTimeOffset? ResetAt { get; init; }

    /// <summary>The offending member or header, when there is one.</summary>
    public string? Parameter { get; init; }
}

/// <summary>How a refusal is dressed for one agent.</summary>
public sealed record RefusalDress
{
    public static readonly RefusalDress Plain = new();

    /// <summary>With a word to OpenAI's and Anthropic's SDKs, and to all that read it, that trying again is useless.</summary>
    public static readonly RefusalDress Final = new() { Headers = [new("x-should-retry", "false")] };

    /// <summary>The dress for an agent that needs no other, or that nobody knows.</summary>
    public static RefusalDress Usual(Refusal refusal) => refusal.Reason.IsFinal() ? Final : Plain;

    /// <summary>Answer 200 with an assistant turn that says so, for clients that retry every non-2xx for ever.</summary>
    public bool AsTurn { get; init; }

    /// <summary>With <see cref="AsTurn"/>: the agent's own tool by which such a turn ends its task, used when the request offers it; null = text only.</summary>
    public ClosingTool? ClosingTool { get; init; }

    /// <summary>With <see cref="AsTurn"/>: only by <see cref="ClosingTool"/>. Where the request offers none, a text would be taken for the answer (a summary, a better prompt), and so the error stays.</summary>
    public bool OnlyByTool { get; init; }

    /// <summary>Extra response headers that stop the agent's own retries.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Replaces the status, for agents that retry the usual one; null = keep.</summary>
    public int? Status { get; init; }

    /// <summary>Replaces the wire's error type; null = keep.</summary>
    public string? ErrorType { get; init; }
}

/// <summary>A tool by which an agent is told that its task is over, for agents that answer a turn without a tool call by asking again.</summary>
/// <param name="Name">As the request's tools name it.</param>
/// <param name="TextParameter">The argument that takes the text; the only one sent.</param>
public sealed record ClosingTool(string Name, string TextParameter);
