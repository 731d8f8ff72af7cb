using System.Security.Cryptography;
using System.Text;
using Paddock.Core.Audit.Payloads;
using Paddock.Store.Coordination;

namespace Paddock.Store.Audit.Payloads;

/// <summary>
/// The installation's master key wraps data keys with AES-256-GCM: 64 hexadecimal digits or more, given, or in <c>DIR/keys/master</c>,
/// which is made when there is nothing yet that it would have to unwrap.
/// </summary>
internal sealed class MasterKey : IKeyWrapping
{
    private const int LeastBytes = 32;
    private readonly string file;
    private readonly string keys;
    private readonly Lazy<(string Name, byte[] Key)> loaded;

    /// <param name="given">Hexadecimal digits; null = the file.</param>
    /// <param name="file">Where it lies otherwise.</param>
    /// <param name="keys">The directory of what it wraps.</param>
    public MasterKey(string? given, string file, string keys)
    {
        (this.file, this.keys) = (file, keys);
        loaded = new(() => Derive(given ?? FromFile(), given is null ? file : "PADDOCK_MASTER_KEY"), LazyThreadSafetyMode.PublicationOnly);
    }

    public ValueTask<string> NameAsync(CancellationToken cancellationToken) => new(loaded.Value.Name);

    public ValueTask<byte[]> WrapAsync(ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> associated, CancellationToken cancellationToken)
    {
        var wrapped = new byte[DataKey.NonceLength + key.Length + DataKey.TagLength];
        var span = wrapped.AsSpan();
        RandomNumberGenerator.Fill(span[..DataKey.NonceLength]);
        using var aes = new AesGcm(loaded.Value.Key, DataKey.TagLength);
        aes.Encrypt(span[..DataKey.NonceLength], key.Span, span[DataKey.NonceLength..^DataKey.TagLength], span[^DataKey.TagLength..], associated.Span);
        return new(wrapped);
    }

    public ValueTask<byte[]?> UnwrapAsync(ReadOnlyMemory<byte> wrapped, ReadOnlyMemory<byte> associated, CancellationToken cancellationToken)
    {
        if (wrapped.Length < DataKey.NonceLength + DataKey.TagLength)
        {
            return new((byte[]?)null);
        }

        var span = wrapped.Span;
        var key = new byte[span.Length - DataKey.NonceLength - DataKey.TagLength];
        using var aes = new AesGcm(loaded.Value.Key, DataKey.TagLength);
        try
        {
            aes.Decrypt(span[..DataKey.NonceLength], span[DataKey.NonceLength..^DataKey.TagLength], span[^DataKey.TagLength..], key, associated.Span);
            return new(key);
        }
        catch (AuthenticationTagMismatchException)
        {
            return new((byte[]?)null);
        }
    }

    private static (string Name, byte[] Key) Derive(string digits, string place)
    {
        byte[] bytes;
        try
        {
            bytes = Convert.FromHexString(digits.Trim());
        }
        catch (FormatException)
        {
            bytes = [];
        }

        if (bytes.Length < LeastBytes)
        {
            throw new KeyStoreException($"{place}: expected at least {2 * LeastBytes} hexadecimal digits, the master key.");
        }

        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, bytes, 32, info: "paddock/master-key/wrap/v1"u8.ToArray());
        return (Convert.ToHexStringLower(HKDF.DeriveKey(HashAlgorithmName.SHA256, bytes, 4, info: "paddock/master-key/name/v1"u8.ToArray())), key);
    }

    private string FromFile()
    {
        try
        {
            if (!File.Exists(file))
            {
                Make();
            }

            return File.ReadAllText(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new KeyStoreException($"The master key {file} cannot be read: {fault.Message}", fault);
        }
    }

    private void Make()
    {
        // In this order: another process that begins at the same moment makes the master key first and then what it wraps.
        if (Directory.Exists(keys) && Directory.EnumerateFiles(keys, "*" + KeyFile.Ending).Any() && !File.Exists(file))
        {
            throw new KeyStoreException($"The master key {file} is gone, and the data keys in {keys} cannot be read without it. Put it back; if it is lost, so are they: move them away, and new ones are made.");
        }

        DurableFile.CreateDirectory(Path.GetDirectoryName(file)!); // a file in the data directory
        DurableFile.TryCreate(file, Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(LeastBytes)) + "\n"));
    }
}
