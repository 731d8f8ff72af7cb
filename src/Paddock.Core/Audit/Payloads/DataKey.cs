using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Paddock.Core.Audit.Payloads;

/// <summary>A data key in memory. What it does is derived from 32 secret bytes, which nothing gives out again.</summary>
public sealed class DataKey
{
    /// <summary>Bytes of the secret, of every salt and of every hash.</summary>
    public const int Length = 32;

    /// <summary>Bytes of a nonce (AES-GCM, NIST SP 800-38D section 8.2).</summary>
    public const int NonceLength = 12;

    /// <summary>Bytes by which a sealed text is longer than its plain text.</summary>
    public const int TagLength = 16;

    private readonly byte[] sealing;
    private readonly byte[] hashing;

    /// <param name="secret">32 random bytes.</param>
    public DataKey(DataKeyId id, ReadOnlySpan<byte> secret)
    {
        if (secret.Length != Length)
        {
            throw new ArgumentException($"A data key has {Length} bytes.", nameof(secret));
        }

        Id = id;
        (sealing, hashing) = (new byte[Length], new byte[Length]);
        HKDF.Expand(HashAlgorithmName.SHA256, secret, sealing, "paddock/data-key/seal/v1"u8);
        HKDF.Expand(HashAlgorithmName.SHA256, secret, hashing, "paddock/data-key/hash/v1"u8);
    }

    public DataKeyId Id { get; }

    /// <summary>The key of commitments in audit entries that goes with this one, and is gone with it.</summary>
    public SealingKey ToSealingKey() => new(Id.Value, Hash("entries", []));

    /// <summary>HMAC-SHA-256 (RFC 2104) of data. Hashes for one purpose say nothing of those for another.</summary>
    /// <param name="purpose">A short word of ours, in ASCII.</param>
    /// <returns>32 bytes.</returns>
    public byte[] Hash(string purpose, ReadOnlySpan<byte> data)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, hashing);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, purpose.Length);
        hmac.AppendData(length);
        hmac.AppendData(Encoding.ASCII.GetBytes(purpose));
        hmac.AppendData(data);
        return hmac.GetHashAndReset();
    }

    /// <summary>AES-256-GCM under a key that only this salt gives, so that who destroys the salt destroys the text.</summary>
    /// <param name="salt">32 random bytes, never used again.</param>
    /// <param name="nonce">12 random bytes.</param>
    /// <param name="associated">Where the text belongs; it opens nowhere else.</param>
    /// <returns>The sealed text and behind it the tag.</returns>
    public byte[] Seal(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> associated)
    {
        var target = new byte[plain.Length + TagLength];
        using var aes = Cipher(salt);
        aes.Encrypt(nonce, plain, target.AsSpan(0, plain.Length), target.AsSpan(plain.Length), associated);
        return target;
    }

    /// <returns>Null when the text was sealed otherwise, or is not as it was.</returns>
    public byte[]? Open(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> closed, ReadOnlySpan<byte> associated)
    {
        if (closed.Length < TagLength || nonce.Length != NonceLength)
        {
            return null;
        }

        var plain = new byte[closed.Length - TagLength];
        using var aes = Cipher(salt);
        try
        {
            aes.Decrypt(nonce, closed[..plain.Length], closed[plain.Length..], plain, associated);
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    public override string ToString() => Id.ToString();

    private AesGcm Cipher(ReadOnlySpan<byte> salt)
    {
        if (salt.Length != Length)
        {
            throw new ArgumentException($"A salt has {Length} bytes.", nameof(salt));
        }

        Span<byte> key = stackalloc byte[Length];
        HMACSHA256.HashData(sealing, salt, key);
        return new(key, TagLength);
    }
}
