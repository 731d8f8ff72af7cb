using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Paddock.Core.Audit.Tiles;

/// <summary>A SHA-256 hash of an RFC 6962 Merkle tree (section 2.1): of a leaf, of a node, or of nothing.</summary>
public readonly struct TreeHash : IEquatable<TreeHash>
{
    /// <summary>Bytes of one.</summary>
    public const int Length = 32;

    private const int OnStack = 1024;
    private readonly ulong first, second, third, fourth;

    /// <param name="bytes">32 of them.</param>
    public TreeHash(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
        {
            throw new ArgumentException($"A hash has {Length} bytes, not {bytes.Length}.", nameof(bytes));
        }

        first = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        second = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        third = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        fourth = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    /// <summary>The root of the empty tree: SHA-256 of no bytes.</summary>
    public static TreeHash OfNothing { get; } = new(SHA256.HashData([]));

    public static bool operator ==(TreeHash left, TreeHash right) => left.Equals(right);

    public static bool operator !=(TreeHash left, TreeHash right) => !left.Equals(right);

    /// <summary>SHA-256(0x00 || entry).</summary>
    public static TreeHash OfLeaf(ReadOnlySpan<byte> entry)
    {
        byte[]? rented = null;
        var input = entry.Length < OnStack ? stackalloc byte[OnStack] : rented = ArrayPool<byte>.Shared.Rent(entry.Length + 1);
        input[0] = 0;
        entry.CopyTo(input[1..]);
        var hash = Of(input[..(entry.Length + 1)]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return hash;
    }

    /// <summary>SHA-256(0x01 || left || right).</summary>
    public static TreeHash OfNode(TreeHash left, TreeHash right)
    {
        Span<byte> input = stackalloc byte[1 + (2 * Length)];
        input[0] = 1;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + Length)..]);
        return Of(input);
    }

    /// <summary>Root of a perfect tree over the hashes, which are a power of two in number.</summary>
    /// <param name="hashes">32 bytes each.</param>
    public static TreeHash OfPerfect(ReadOnlySpan<byte> hashes) => hashes.Length == Length
        ? new(hashes)
        : OfNode(OfPerfect(hashes[..(hashes.Length / 2)]), OfPerfect(hashes[(hashes.Length / 2)..]));

    /// <summary>One hash in base64, as checkpoints and proofs write it.</summary>
    /// <returns>Null when it is none.</returns>
    public static TreeHash? Parse(ReadOnlySpan<char> base64) => StrictBase64.Decode(base64) is { Length: Length } bytes ? new(bytes) : null;

    public void CopyTo(Span<byte> target)
    {
        BinaryPrimitives.WriteUInt64BigEndian(target, first);
        BinaryPrimitives.WriteUInt64BigEndian(target[8..], second);
        BinaryPrimitives.WriteUInt64BigEndian(target[16..], third);
        BinaryPrimitives.WriteUInt64BigEndian(target[24..], fourth);
    }

    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    public bool Equals(TreeHash other) => first == other.first && second == other.second && third == other.third && fourth == other.fourth;

    public override bool Equals(object? obj) => obj is TreeHash other && Equals(other);

    public override int GetHashCode() => first.GetHashCode();

    /// <summary>Base64.</summary>
    public override string ToString() => Convert.ToBase64String(ToArray());

    private static TreeHash Of(ReadOnlySpan<byte> input)
    {
        Span<byte> hash = stackalloc byte[Length];
        SHA256.HashData(input, hash);
        return new(hash);
    }
}
