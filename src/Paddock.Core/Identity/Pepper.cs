using System.Security.Cryptography;

namespace Paddock.Core.Identity;

/// <summary>
/// Secret bytes of the installation, at least 32: keys are stored as HMACs under it, and fingerprints of prompts and tools are keyed by it.
/// It lives in <c>DIR/keys</c> (0600) or the environment, never in the database.
/// </summary>
public sealed class Pepper
{
    // Kept for the thread's next hash: making one takes four times as long as hashing a key with it.
    [ThreadStatic]
    private static (byte[] Key, IncrementalHash Hmac)? last;

    private readonly byte[] bytes;

    public Pepper(ReadOnlySpan<byte> bytes) =>
        this.bytes = bytes.Length >= 32 ? bytes.ToArray() : throw new ArgumentException("A pepper has at least 32 bytes.", nameof(bytes));

    /// <summary>HMAC-SHA-256 (RFC 2104) of the data under the pepper.</summary>
    /// <param name="hash">Receives 32 bytes.</param>
    public void Hash(ReadOnlySpan<byte> data, Span<byte> hash)
    {
        if (last is not var (key, hmac) || key != bytes)
        {
            last?.Hmac.Dispose();
            hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, bytes);
            last = (bytes, hmac);
        }

        hmac.AppendData(data);
        hmac.GetHashAndReset(hash);
    }

    public override string ToString() => "[secret]";
}
