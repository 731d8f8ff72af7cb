namespace Paddock.Core.Audit.Tiles;

/// <summary>Signs log checkpoints with Ed25519 keys that only it holds: from a file, from a key management service, from a token. Nothing else is ever signed with them.</summary>
public interface ILogSigner
{
    /// <summary>The public key, 32 bytes, that new shards are signed with. Makes one if it has none: asked only while there is no log yet, or one is open that it signs.</summary>
    /// <exception cref="SignerUnavailableException">It cannot be used now.</exception>
    ValueTask<ReadOnlyMemory<byte>> CurrentAsync(CancellationToken cancellationToken);

    /// <summary>Signs with one of its keys; earlier ones stay until the shard they sign is closed.</summary>
    /// <param name="publicKey">32 bytes.</param>
    /// <returns>64 bytes.</returns>
    /// <exception cref="SignerUnavailableException">It cannot be used now, or does not have the key.</exception>
    ValueTask<ReadOnlyMemory<byte>> SignAsync(ReadOnlyMemory<byte> publicKey, ReadOnlyMemory<byte> message, CancellationToken cancellationToken);
}
