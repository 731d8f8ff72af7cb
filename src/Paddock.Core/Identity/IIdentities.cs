namespace Paddock.Core.Identity;

/// <summary>The live directory of principals and keys. The store keeps it fresh: a change made anywhere shows here in under a second.</summary>
public interface IIdentities
{
    IdentityDirectory Current { get; }

    /// <summary>
    /// Looks whether another process has changed something that has not come here yet, for whoever must not say too early that there is no such
    /// session or key. Throws whatever the database does when it does not answer.
    /// </summary>
    Task CatchUpAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Calls back after each change, on a pool thread. Dispose the result to stop.</summary>
    IDisposable OnChange(Action<IdentityDirectory> changed);

    /// <summary>Notes that a key was used; cheap, does no I/O, written in the background to the minute.</summary>
    void NoteUse(KeyId key, DateTimeOffset at);
}
