using Paddock.Core.Models;

namespace Paddock.Core.Ledger;

/// <summary>What is written about a call before its first byte goes upstream. Holds no content and no secret.</summary>
public sealed record CallOpening
{
    public required CallId Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Principal { get; init; }

    public required string Key { get; init; }

    /// <summary>Team names at the time of the call, sorted.</summary>
    public IReadOnlyList<string> Teams { get; init; } = [];

    public required string Agent { get; init; }

    public string? AgentVersion { get; init; }

    /// <summary>Paddock's task id, see <see cref="TaskKey"/>; null when nothing identifies a task.</summary>
    public string? Task { get; init; }

    /// <summary>The agent's own session id.</summary>
    public string? NativeTask { get; init; }

    public string? ParentTask { get; init; }

    public string? Mode { get; init; }

    public string? Repository { get; init; }

    public string? Device { get; init; }

    public required Wire Wire { get; init; }

    /// <summary>Request path, so that <c>count_tokens</c> and an agent's own entrance can be told apart.</summary>
    public required string Path { get; init; }

    public required string ModelAsked { get; init; }

    public bool Stream { get; init; }

    public long RequestBytes { get; init; }

    public required string ReleaseDigest { get; init; }

    /// <summary>Keyed hashes (16 hexadecimal bytes) of system prompt, tool set and mode text; null when the request has none.</summary>
    public string? SystemHash { get; init; }

    public string? ToolsHash { get; init; }

    public string? ModeHash { get; init; }

    /// <summary>What the call is charged at least, if the process dies before it is closed: input by size, in nano-USD and tokens.</summary>
    public long FloorNanoUsd { get; init; }

    public long FloorTokens { get; init; }
}
