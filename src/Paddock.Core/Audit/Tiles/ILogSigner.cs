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

    /// <summary>Whether it can sign with a key.</summary>
    /// <param name="publicKey">32 bytes.</param>
    /// <exception cref="SignerUnavailableException">It cannot be used now.</exception>
    ValueTask<bool> HasAsync(ReadOnlyMemory<byte> publicKey, CancellationToken cancellationToken);

    /// <summary>Whether keys are made and kept here; otherwise whoever runs it says which is the current one.</summary>
    bool MakesKeys { get; }

    /// <summary>Makes another key the current one, where keys are made here; the one before stays until it is retired.</summary>
    /// <exception cref="SignerUnavailableException">It cannot be used now.</exception>
    ValueTask RotateAsync(CancellationToken cancellationToken);

    /// <summary>Forgets a key that is not the current one, if it is kept here: whatever it was to sign is signed, and whoever gets it later shall not sign another past.</summary>
    /// <param name="publicKey">32 bytes.</param>
    /// <exception cref="SignerUnavailableException">It cannot be used now.</exception>
    ValueTask RetireAsync(ReadOnlyMemory<byte> publicKey, CancellationToken cancellationToken);

    /// <summary>Signs with one of its keys; earlier ones stay until the shard they sign is closed.</summary>
    /// <param name="publicKey">32 bytes.</param>
    /// <returns>64 bytes.</returns>
    /// <exception cref="SignerUnavailableException">It cannot be used now, or does not have the key.</exception>
    ValueTask<ReadOnlyMemory<byte>> SignAsync(ReadOnlyMemory<byte> publicKey, ReadOnlyMemory<byte> message, CancellationToken cancellationToken);
}
