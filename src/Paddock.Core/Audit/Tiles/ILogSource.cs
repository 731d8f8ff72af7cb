namespace Paddock.Core.Audit.Tiles;

/// <summary>Where a log is read to be checked: a server, a data directory, a copy. Nothing that it says is believed.</summary>
public interface ILogSource
{
    /// <summary>The key that the log says it is signed with.</summary>
    /// <returns>Null when it does not say.</returns>
    ValueTask<string?> VerifierKeyAsync(CancellationToken cancellationToken);

    /// <summary>The newest signed checkpoint.</summary>
    /// <returns>Null when there is none.</returns>
    ValueTask<string?> CheckpointAsync(CancellationToken cancellationToken);

    /// <summary>A tile of hashes, or a bundle of entries.</summary>
    /// <returns>Null when it is not there.</returns>
    ValueTask<ReadOnlyMemory<byte>?> ReadAsync(TileId tile, CancellationToken cancellationToken);
}

/// <summary>The same with all of its shards.</summary>
public interface ILogShards
{
    /// <returns>By number; null when this is one log without shards.</returns>
    ValueTask<IReadOnlyList<LogShard>?> ShardsAsync(CancellationToken cancellationToken);

    /// <param name="shard">Null = the newest, or the only log there is.</param>
    ILogSource Open(long? shard);
}
