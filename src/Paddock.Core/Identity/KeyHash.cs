using System.Runtime.InteropServices;
using System.Text;

namespace Paddock.Core.Identity;

/// <summary>HMAC-SHA-256 of a whole key under the installation's pepper. The store holds this and never the key.</summary>
public readonly struct KeyHash : IEquatable<KeyHash>
{
    private readonly ulong a, b, c, d;

    private KeyHash(ReadOnlySpan<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        (a, b, c, d) = (words[0], words[1], words[2], words[3]);
    }

    /// <param name="token">The key as presented, ASCII.</param>
    public static KeyHash Compute(ReadOnlySpan<char> token, Pepper pepper)
    {
        Span<byte> utf8 = stackalloc byte[token.Length <= 256 ? token.Length * 3 : throw new ArgumentException("A key is at most 256 characters.", nameof(token))];
        var length = Encoding.UTF8.GetBytes(token, utf8);
        Span<byte> hash = stackalloc byte[32];
        pepper.Hash(utf8[..length], hash);
        return new(hash);
    }

    /// <param name="bytes">Exactly 32 bytes, as <see cref="ToArray"/> gave them.</param>
    public static KeyHash FromBytes(ReadOnlySpan<byte> bytes) =>
        bytes.Length == 32 ? new(bytes) : throw new ArgumentException("A key hash has 32 bytes.", nameof(bytes));

    public byte[] ToArray()
    {
        var bytes = new byte[32];
        var words = MemoryMarshal.Cast<byte, ulong>(bytes.AsSpan());
        (words[0], words[1], words[2], words[3]) = (a, b, c, d);
        return bytes;
    }

    public bool Equals(KeyHash other) => a == other.a && b == other.b && c == other.c && d == other.d;

    public override bool Equals(object? obj) => obj is KeyHash other && Equals(other);

    public override int GetHashCode() => (int)a;

    public static bool operator ==(KeyHash left, KeyHash right) => left.Equals(right);

    public static bool operator !=(KeyHash left, KeyHash right) => !left.Equals(right);
}
