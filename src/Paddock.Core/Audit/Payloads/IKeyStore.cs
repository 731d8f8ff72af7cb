using System.Collections.Immutable;

namespace Paddock.Core.Audit.Payloads;

/// <summary>
/// Keeps data keys outside of the database and of every backup, so that a key that is destroyed is gone. Several processes may share one
/// store: each makes keys under ids of its own and finds those of the others.
/// </summary>
public interface IKeyStore
{
    /// <summary>The key of a class for the month of a moment; made, and durable before this completes, when there is none. Completes at once when it is known.</summary>
    /// <param name="cls">A name that <see cref="KeyClasses.IsName"/> takes.</param>
    /// <exception cref="KeyStoreException">It cannot be made or read.</exception>
    ValueTask<DataKey> CurrentAsync(string cls, DateTimeOffset now, CancellationToken cancellationToken);

    /// <exception cref="KeyStoreException">It is there and cannot be read.</exception>
    ValueTask<KeyLookup> FindAsync(DataKeyId id, CancellationToken cancellationToken);

    /// <summary>Every key there is, and every one that was destroyed, in the order of their ids.</summary>
    /// <exception cref="KeyStoreException">The store cannot be read.</exception>
    Task<ImmutableArray<DataKeyInfo>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Destroys a key for good; durable when this completes. A key that is not there counts as destroyed from then on.</summary>
    /// <returns>False when it had been destroyed before.</returns>
    /// <exception cref="KeyStoreException">It could not be destroyed, or not durably; ask again.</exception>
    Task<bool> DestroyAsync(DataKeyId id, CancellationToken cancellationToken);
}

/// <summary>What became of a data key.</summary>
public abstract record KeyLookup
{
    private KeyLookup()
    {
    }

    public sealed record Found(DataKey Key) : KeyLookup;

    /// <summary>It was destroyed; what it sealed cannot be read any more, by anybody.</summary>
    public sealed record Destroyed : KeyLookup;

    /// <summary>It is not here: another process has it, whose keys are kept elsewhere, or it was lost.</summary>
    public sealed record Missing : KeyLookup;
}

public sealed record DataKeyInfo(DataKeyId Id, bool IsDestroyed);

/// <summary>The key store cannot do what it was asked. The message says why and what to do, and holds nothing secret.</summary>
public sealed class KeyStoreException(string message, Exception? inner = null) : Exception(message, inner);
