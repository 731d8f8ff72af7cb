using Paddock.Core.Audit.Tiles;

namespace Paddock.Control.Audit;

/// <summary>The log's shards, by number.</summary>
public sealed record ShardList(IReadOnlyList<ShardView> Shards)
{
    public static ShardList Of(IEnumerable<LogShard> shards) => new([.. shards.Select(static shard => new ShardView(
        shard.Number, shard.Origin, shard.VerifierKey, shard.Size, shard.Root, shard.Opened, shard.Closed, shard.Archived, shard.Restarted))]);
}

/// <summary>A shard of the log.</summary>
/// <param name="Size">Entries under its newest log checkpoint.</param>
/// <param name="Root">Base64; null while nothing is published.</param>
/// <param name="Closed">Null while entries come into it.</param>
/// <param name="Archived">When its entries were taken out; null while they are here.</param>
/// <param name="Restarted">It does not continue the one before.</param>
public sealed record ShardView(long Number, string Origin, string Vkey, long Size, string? Root, DateTimeOffset Opened, DateTimeOffset? Closed, DateTimeOffset? Archived, bool Restarted)
{
    public LogShard ToShard() => new(Number, Origin, Vkey, Size, Root, Opened, Closed, Archived, Restarted);
}
