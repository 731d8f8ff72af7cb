namespace Paddock.Core.Models;

/// <summary>
/// Tokens of one call, disjoint: <see cref="Input"/> excludes cached reads and writes whatever the provider's convention
/// (OpenAI counts cached tokens inside prompt tokens, Anthropic beside them); <see cref="Output"/> includes <see cref="Reasoning"/>.
/// </summary>
public readonly record struct TokenUsage
{
    public long Input { get; init; }

    public long CacheRead { get; init; }

    public long CacheWrite5m { get; init; }

    public long CacheWrite1h { get; init; }

    public long Output { get; init; }

    /// <summary>Part of <see cref="Output"/>; not charged again.</summary>
    public long Reasoning { get; init; }

    public long Total => Input + CacheRead + CacheWrite5m + CacheWrite1h + Output;
}
