using System.Collections.Immutable;

namespace Paddock.Core.Audit.Tiles;

/// <summary>Hashes one after the other, 32 bytes each, as tiles hold them.</summary>
internal static class HashList
{
    public static ImmutableArray<TreeHash> Read(ReadOnlySpan<byte> bytes)
    {
        var hashes = ImmutableArray.CreateBuilder<TreeHash>(bytes.Length / TreeHash.Length);
        for (var at = 0; at < bytes.Length; at += TreeHash.Length)
        {
            hashes.Add(new(bytes.Slice(at, TreeHash.Length)));
        }

        return hashes.MoveToImmutable();
    }

    public static byte[] Write(IReadOnlyList<TreeHash> hashes)
    {
        var bytes = new byte[hashes.Count * TreeHash.Length];
        for (var i = 0; i < hashes.Count; i++)
        {
            hashes[i].CopyTo(bytes.AsSpan(i * TreeHash.Length));
        }

        return bytes;
    }
}
