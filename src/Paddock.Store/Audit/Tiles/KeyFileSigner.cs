using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;
using Paddock.Core.Audit.Tiles;
using Paddock.Store.Coordination;

namespace Paddock.Store.Audit.Tiles;

/// <summary>
/// Signs with keys from <c>DIR/keys/audit.key</c> (0600), or from the environment: 64 hexadecimal digits each, the current one first. Read
/// each time, so that a file that is gone shows, and one that comes back helps.
/// </summary>
internal sealed class KeyFileSigner(StoreOptions options) : ILogSigner
{
    private const int SeedLength = 32;
    private static readonly char[] separators = ['\n', '\r', ' ', ','];

    private string KeyFile => Path.Combine(options.KeyDirectory, "audit.key");

    public ValueTask PrepareAsync(CancellationToken cancellationToken)
    {
        if (options.AuditKeys is null && !File.Exists(KeyFile))
        {
            Attempt(() =>
            {
                DataDirectoryLock.Create(options.KeyDirectory);
                DurableFile.Replace(KeyFile, Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SeedLength)) + "\n"));
                return true;
            });
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<ReadOnlyMemory<byte>> CurrentAsync(CancellationToken cancellationToken) => new(Seeds().Select(PublicOf).First());

    public ValueTask<ReadOnlyMemory<byte>> SignAsync(ReadOnlyMemory<byte> publicKey, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        var seed = Seeds().FirstOrDefault(seed => PublicOf(seed).AsSpan().SequenceEqual(publicKey.Span))
            ?? throw new SignerUnavailableException($"{Place} has not the key that signs the open shard of the log.");
        using var key = Import(seed);
        return new(SignatureAlgorithm.Ed25519.Sign(key, message.Span));
    }

    private string Place => options.AuditKeys is null ? "keys/audit.key" : "PADDOCK_AUDIT_KEY";

    private static Key Import(byte[] seed) => Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey);

    private static byte[] PublicOf(byte[] seed)
    {
        using var key = Import(seed);
        return key.PublicKey.Export(KeyBlobFormat.RawPublicKey);
    }

    private List<byte[]> Seeds()
    {
        var text = options.AuditKeys?.Reveal() ?? Attempt(() => File.ReadAllText(KeyFile));
        var words = text.Split(separators, StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 0 && words.All(word => word.Length == 2 * SeedLength && word.All(char.IsAsciiHexDigit))
            ? [.. words.Select(Convert.FromHexString)]
            : throw new SignerUnavailableException($"{Place} holds no key: expected 64 hexadecimal digits.");
    }

    private T Attempt<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new SignerUnavailableException(fault is FileNotFoundException or DirectoryNotFoundException ? $"{Place} is missing." : $"{Place}: {fault.Message}", fault);
        }
    }
}
