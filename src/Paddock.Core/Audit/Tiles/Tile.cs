namespace Paddock.Core.Audit.Tiles;

/// <summary>A tile and what is in it.</summary>
/// <param name="Hashes">As many as its width says, 32 bytes each.</param>
public readonly record struct Tile(TileId Id, ReadOnlyMemory<byte> Hashes);
