namespace Paddock.Core.Audit.Payloads;

/// <summary>Wraps data keys, so that they can lie in files: a master key of the installation, or a key management service.</summary>
public interface IKeyWrapping
{
    /// <summary>Which master key it is, in a few characters; it stands beside every wrapped key and says nothing of the master key.</summary>
    /// <exception cref="KeyStoreException">There is none, and there should be one.</exception>
    ValueTask<string> NameAsync(CancellationToken cancellationToken);

    /// <param name="key">32 bytes.</param>
    /// <param name="associated">Which key it is; it unwraps as no other.</param>
    /// <exception cref="KeyStoreException">It cannot wrap now.</exception>
    ValueTask<byte[]> WrapAsync(ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> associated, CancellationToken cancellationToken);

    /// <returns>Null when it was wrapped otherwise, or is not as it was.</returns>
    /// <exception cref="KeyStoreException">It cannot unwrap now.</exception>
    ValueTask<byte[]?> UnwrapAsync(ReadOnlyMemory<byte> wrapped, ReadOnlyMemory<byte> associated, CancellationToken cancellationToken);
}
