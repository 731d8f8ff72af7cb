namespace Paddock.Core.Tasks;

/// <summary>One thing that an agent's client said had happened. Events arrive in any order, and most carry no time of their own.</summary>
public sealed record AgentEvent
{
    /// <summary>Its place in the order of arrival, given by the store; 0 before.</summary>
    public long Seq { get; init; }

    /// <summary>When it happened, where the agent says so and it can be (telemetry); else when it arrived.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Principal id of the bearer.</summary>
    public required string Principal { get; init; }

    public required string Agent { get; init; }

    /// <summary>Paddock's task id, made of the bearer's principal and what the client says; null when it says no task.</summary>
    public string? Task { get; init; }

    /// <summary>The agent's own id of the task.</summary>
    public string? NativeTask { get; init; }

    /// <summary>The agent's own id of the task that began this one.</summary>
    public string? ParentTask { get; init; }

    /// <summary>In the agent's words, such as <c>Task Created</c>.</summary>
    public required string Type { get; init; }

    public string? Mode { get; init; }

    /// <summary>Null unless the event is about a message.</summary>
    public AgentMessage? Message { get; init; }

    /// <summary>A JSON object with what else is known of this type: names, versions, counts. No content.</summary>
    public string Facts { get; init; } = "{}";

    /// <summary>It came out of the client's queue of what could not be sent at first.</summary>
    public bool Retried { get; init; }

    public required EventIdentity Identity { get; init; }
}

/// <summary>What is kept of a message in an agent's chat: that there was one, never what it said.</summary>
/// <param name="Ts">Milliseconds since 1970 by the client's clock, which are also the message's id in its task.</param>
/// <param name="Kind"><c>ask</c> or <c>say</c>.</param>
/// <param name="What">What was asked for or said, such as <c>command</c> or <c>completion_result</c>.</param>
/// <param name="TextLength">UTF-16 code units of its text.</param>
public sealed record AgentMessage(long Ts, string Kind, string? What, bool Partial, long TextLength);
