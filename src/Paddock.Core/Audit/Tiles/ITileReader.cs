namespace Paddock.Core.Audit.Tiles;

/// <summary>Where the tiles of one log are read.</summary>
public interface ITileReader
{
    /// <summary>The first <see cref="TileId.Width"/> hashes of a tile, 32 bytes each.</summary>
    /// <exception cref="LogDamagedException">The tile is not there, or is shorter.</exception>
    ValueTask<ReadOnlyMemory<byte>> ReadAsync(TileId tile, CancellationToken cancellationToken);
}
