namespace Paddock.Core.Identity;

/// <summary>The live directory of principals and keys. The store keeps it fresh: a change made anywhere shows here in under a second.</summary>
public interface IIdentities
{
    IdentityDirectory Current { get; }

    /// <summary>Calls back after each change, on a pool thread. Dispose the result to stop.</summary>
    IDisposable OnChange(Action<IdentityDirectory> changed);

    /// <summary>Notes that a key was used; cheap, does no I/O, written in the background to the minute.</summary>
    void NoteUse(KeyId key, DateTimeOffset at);
}
