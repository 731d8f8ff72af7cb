using System.Security.Cryptography;
using System.Text;

namespace Paddock.Core.Audit;

/// <summary>
/// The key of a month from which the salts of that month's commitments come. While it is there, values can be proved to those who are
/// shown a salt; once it is destroyed, nobody can even guess them.
/// </summary>
/// <param name="id">Stands in the entry beside the commitment.</param>
/// <param name="key">32 bytes.</param>
public sealed class SealingKey(string id, ReadOnlyMemory<byte> key)
{
    /// <summary>Set up with the key last used on this thread: an agent waits for each entry, and setting up costs as much as the salt itself.</summary>
    [ThreadStatic]
    private static (SealingKey Key, IncrementalHash Salts)? ready;

    public string Id => id;

    /// <summary>32 bytes, of this member of this entry alone.</summary>
    public byte[] Salt(Guid entry, string member)
    {
        Span<byte> name = stackalloc byte[16 + Encoding.UTF8.GetMaxByteCount(member.Length)];
        entry.TryWriteBytes(name, bigEndian: true, out _);
        var length = 16 + Encoding.UTF8.GetBytes(member, name[16..]);
        var salts = Salts();
        salts.AppendData(name[..length]);
        return salts.GetHashAndReset();
    }

    /// <summary>HMAC-SHA-256 of the value under the salt.</summary>
    public byte[] Commit(Guid entry, string member, ReadOnlySpan<byte> value) => HMACSHA256.HashData(Salt(entry, member), value);

    private IncrementalHash Salts()
    {
        if (ready is { } mine && mine.Key == this)
        {
            return mine.Salts;
        }

        ready?.Salts.Dispose();
        var salts = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key.Span);
        ready = (this, salts);
        return salts;
    }
}

/// <summary>The keys that commitments are made with.</summary>
public interface ISealingKeys
{
    /// <summary>The key for what is written now; quick, because it is asked for each entry.</summary>
    SealingKey At(DateTimeOffset now);
}
