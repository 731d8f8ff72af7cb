using System.Collections.Immutable;

namespace Paddock.Core.Audit.Tiles;

/// <summary>A log as of its newest published checkpoint.</summary>
/// <param name="Shard">From 1.</param>
/// <param name="VerifierKey">As a line; see <see cref="Tiles.VerifierKey"/>.</param>
/// <param name="Note">The signed checkpoint, with the signatures of those witnesses that have signed this one.</param>
public sealed record PublishedLog(long Shard, string VerifierKey, LogCheckpoint Checkpoint, DateTimeOffset SignedAt, string Note);

/// <summary>How much there is.</summary>
/// <param name="Waiting">Entries that are not in the log yet.</param>
/// <param name="OldestWaiting">When the oldest of them was made; null when none waits.</param>
/// <param name="EntryBytes">Mean length of the newest thousand; null when there is none.</param>
/// <param name="KeptOutside">When a witness last signed that it keeps a checkpoint; null = never.</param>
public sealed record LogFigures(long Waiting, DateTimeOffset? OldestWaiting, long? EntryBytes, DateTimeOffset? KeptOutside);

/// <summary>Where the log is read by those who check it.</summary>
public interface ILogReader
{
    /// <summary>All shards, by number.</summary>
    Task<ImmutableArray<LogShard>> ShardsAsync(CancellationToken cancellationToken);

    /// <param name="shard">Its number; null = the newest that has a published checkpoint.</param>
    /// <returns>Null when there is no such shard, or nothing of it is published.</returns>
    Task<PublishedLog?> NewestAsync(long? shard, CancellationToken cancellationToken);

    /// <summary>The newest checkpoint that a witness has signed too; its note has their signatures, and its time is the witness's.</summary>
    /// <param name="shard">Its number; null = the newest that has one.</param>
    /// <returns>Null when there is none.</returns>
    Task<PublishedLog?> WitnessedAsync(long? shard, CancellationToken cancellationToken);

    /// <summary>A tile of hashes, or a bundle of entries, as far as a published checkpoint covers it.</summary>
    /// <param name="shard">Its number; null = the newest that has a published checkpoint.</param>
    /// <returns>Null when there is none of that width, or not under a published checkpoint, or it was taken out into an archive.</returns>
    Task<ReadOnlyMemory<byte>?> ReadAsync(long? shard, TileId tile, CancellationToken cancellationToken);

    /// <summary>Proves an entry under the newest checkpoint of its shard.</summary>
    /// <returns>Null when there is no such entry, or no published checkpoint covers it yet.</returns>
    /// <exception cref="LogDamagedException">A tile is missing.</exception>
    Task<LogProof?> ProveAsync(Guid entry, CancellationToken cancellationToken);

    Task<LogFigures> FiguresAsync(CancellationToken cancellationToken);
}
