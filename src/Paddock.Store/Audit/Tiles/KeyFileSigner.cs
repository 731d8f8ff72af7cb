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

    /// <summary>The file is read, changed and written by more than one.</summary>
    private readonly Lock gate = new();

    private string KeyFile => Path.Combine(options.KeyDirectory, "audit.key");

    public bool MakesKeys => options.AuditKeys is null;

    public ValueTask PrepareAsync(CancellationToken cancellationToken)
    {
        if (options.AuditKeys is null && !File.Exists(KeyFile))
        {
            Keep([RandomNumberGenerator.GetBytes(SeedLength)]);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<ReadOnlyMemory<byte>> CurrentAsync(CancellationToken cancellationToken) => new(Seeds().Select(PublicOf).First());

    public ValueTask<bool> HasAsync(ReadOnlyMemory<byte> publicKey, CancellationToken cancellationToken) => new(Find(publicKey) is not null);

    public ValueTask RotateAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            Keep([RandomNumberGenerator.GetBytes(SeedLength), .. Seeds()]);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask RetireAsync(ReadOnlyMemory<byte> publicKey, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (options.AuditKeys is null && Seeds() is [var current, .. var earlier] && earlier.Exists(seed => Is(seed, publicKey)))
            {
                Keep([current, .. earlier.Where(seed => !Is(seed, publicKey))]);
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<ReadOnlyMemory<byte>> SignAsync(ReadOnlyMemory<byte> publicKey, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        var seed = Find(publicKey)
            ?? throw new SignerUnavailableException($"{Place} has not the key that signs the open shard of the log.");
        using var key = Import(seed);
        return new(SignatureAlgorithm.Ed25519.Sign(key, message.Span));
    }

    private string Place => options.AuditKeys is null ? "keys/audit.key" : "PADDOCK_AUDIT_KEY";

    private static bool Is(byte[] seed, ReadOnlyMemory<byte> publicKey) => PublicOf(seed).AsSpan().SequenceEqual(publicKey.Span);

    private static Key Import(byte[] seed) => Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey);

    private static byte[] PublicOf(byte[] seed)
    {
        using var key = Import(seed);
        return key.PublicKey.Export(KeyBlobFormat.RawPublicKey);
    }

    private byte[]? Find(ReadOnlyMemory<byte> publicKey) => Seeds().Find(seed => Is(seed, publicKey));

    private void Keep(IEnumerable<byte[]> seeds) => Attempt(() =>
    {
        DataDirectoryLock.Create(options.KeyDirectory);
        DurableFile.Replace(KeyFile, Encoding.ASCII.GetBytes(string.Concat(seeds.Select(static seed => Convert.ToHexStringLower(seed) + "\n"))));
        return true;
    });

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
