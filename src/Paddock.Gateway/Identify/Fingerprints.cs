using System.Text;
using Paddock.Core.Identity;

namespace Paddock.Gateway.Identify;

/// <summary>
/// Keyed hashes of system prompts, tool sets and mode texts, so that later questions about changed prompts have an answer without
/// the prompts being kept. Agents send the same ones with every turn, so the last few are remembered: a hit is proved by comparing
/// all bytes, never by a short hash alone.
/// </summary>
internal sealed class Fingerprints(Pepper pepper)
{
    private const int Slots = 256;
    private const int MaxRemembered = 256 << 10;

    private readonly Entry?[] slots = new Entry?[Slots];

    /// <summary>HMAC-SHA-256 under the installation's pepper, first 16 bytes in lower-case hexadecimal.</summary>
    public string Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is 0 or > MaxRemembered)
        {
            return Once(bytes);
        }

        var slot = (int)(Quick(bytes) % Slots);
        if (Volatile.Read(ref slots[slot]) is { } entry && bytes.SequenceEqual(entry.Bytes))
        {
            return entry.Hash;
        }

        var hash = Once(bytes);
        Volatile.Write(ref slots[slot], new(bytes.ToArray(), hash));
        return hash;
    }

    public string Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <summary>The same of what will not be asked for again.</summary>
    public string Once(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[32];
        pepper.Hash(bytes, hash);
        return Convert.ToHexStringLower(hash[..16]);
    }

    /// <summary>Picks a slot only; a bad spread costs time, never truth.</summary>
    private static uint Quick(ReadOnlySpan<byte> bytes)
    {
        var hash = new HashCode();
        hash.Add(bytes.Length);
        hash.AddBytes(bytes[..Math.Min(64, bytes.Length)]);
        hash.AddBytes(bytes[^Math.Min(64, bytes.Length)..]);
        hash.AddBytes(bytes.Slice(bytes.Length / 2, Math.Min(64, bytes.Length / 2)));
        return (uint)hash.ToHashCode();
    }

    private sealed record Entry(byte[] Bytes, string Hash);
}
