namespace Paddock.Core.Audit.Tiles;

/// <summary>Signs log checkpoints with Ed25519 keys that only it holds: from a file, from a key management service, from a token. Nothing else is ever signed with them.</summary>
public interface ILogSigner
{
    /// <summary>Makes a key if it has none. Asked before a log is made, and never later: a signer that has lost its key must not go on with another.</summary>
    /// <exception cref="SignerUnavailableException">It cannot be used now.</exception>
    ValueTask PrepareAsync(CancellationToken cancellationToken);

    /// <summary>The public key, 32 bytes, that a new shard is signed with.</summary>
    /// <exception cref="SignerUnavailableException">It cannot be used now, or has none.</exception>
    ValueTask<ReadOnlyMemory<byte>> CurrentAsync(CancellationToken cancellationToken);

    /// <summary>Signs with one of its keys; earlier ones stay until the shard they sign is closed.</summary>
    /// <param name="publicKey">32 bytes.</param>
    /// <returns>64 bytes.</returns>
    /// <exception cref="SignerUnavailableException">It cannot be used now, or does not have the key.</exception>
    ValueTask<ReadOnlyMemory<byte>> SignAsync(ReadOnlyMemory<byte> publicKey, ReadOnlyMemory<byte> message, CancellationToken cancellationToken);
}
