namespace Paddock.Simulator;

/// <summary>Tokens of a turn, disjoint: input excludes cached reads and writes, output includes reasoning.</summary>
public sealed record SimulatedUsage(long Input, long CacheRead, long CacheWrite5m, long CacheWrite1h, long Output, long Reasoning)
{
    public long AllInput => Input + CacheRead + CacheWrite5m + CacheWrite1h;
}

/// <summary>A tool call of a turn.</summary>
/// <param name="Arguments">JSON text; of a custom call any text.</param>
internal sealed record SimulatedCall(string Id, string Name, string Arguments, bool IsCustom = false);

/// <summary>What the model says in one turn.</summary>
internal sealed record SimulatedTurn
{
    public required string Model { get; init; }

    public required bool Stream { get; init; }

    /// <summary>Chat: whether the asker wants the usage chunk.</summary>
    public bool IncludeUsage { get; init; }

    public string Thinking { get; init; } = "";

    public string Text { get; init; } = "";

    public IReadOnlyList<SimulatedCall> Calls { get; init; } = [];

    public required SimulatedUsage Usage { get; init; }
}
