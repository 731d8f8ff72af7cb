namespace Paddock.Core.Tasks;

/// <summary>
/// What is known of the agent and task behind a call. Facts from the key are verified, all others asserted by the client:
/// they may tighten a decision, never loosen it.
/// </summary>
public sealed record TaskFacts
{
    public static readonly TaskFacts None = new();

    /// <summary>Agent id such as <c>codex</c>, <c>roo-code</c>; <c>unknown</c> when nothing tells.</summary>
    public string Agent { get; init; } = "unknown";

    public string? AgentVersion { get; init; }

    /// <summary>The agent's own session or task id.</summary>
    public string? NativeTask { get; init; }

    /// <summary>True when no header named a session and it was derived from the key and the first user message.</summary>
    public bool TaskDerived { get; init; }

    public string? ParentTask { get; init; }

    public string? Mode { get; init; }

    public string? Repository { get; init; }

    public string? Device { get; init; }

    public bool AgentVerified { get; init; }

    public bool ModeVerified { get; init; }

    public bool RepositoryVerified { get; init; }
}
