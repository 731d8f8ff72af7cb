using Paddock.Core.Audit;

namespace Paddock.Core.Identity;

/// <summary>Remembers how people sign in: local accounts, who they are at an identity provider, and tickets.</summary>
public interface ISignInStore
{
    Task<LocalAccount?> FindAccountAsync(PrincipalId id, CancellationToken cancellationToken);

    /// <summary>Uses up the ticket, sets the password of whose it is, and ends their sessions and other tickets. Null when the ticket is no longer good, or they are disabled.</summary>
    Task<PrincipalId?> SetPasswordAsync(KeyHash ticket, string passwordHash, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>
    /// Counts an attempt before its password is looked at, all replicas together: those that come at once are counted one after the other. Null when
    /// there is no account, or it is locked.
    /// </summary>
    /// <param name="lockFrom">From this count on the account is locked, until a right password.</param>
    Task<LocalAccount?> NoteAttemptAsync(PrincipalId id, int lockFrom, DateTimeOffset lockUntil, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The attempt that locked the account was wrong.</summary>
    Task NoteLockedAsync(PrincipalId id, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>A right password: nothing is counted any more. A better hash of it replaces the one that was checked, unless that is another by now.</summary>
    Task NoteSuccessAsync(LocalAccount account, string? passwordHash, CancellationToken cancellationToken);

    Task<PrincipalId?> FindExternalAsync(ExternalId external, CancellationToken cancellationToken);

    /// <summary>Says who a person is at an identity provider. False when somebody is that already, or the person is somebody else there.</summary>
    Task<bool> LinkAsync(PrincipalId id, ExternalId external, AuditActor by, CancellationToken cancellationToken);

    /// <summary>False when one of its kind has its code already. An invitation replaces those that the person had.</summary>
    Task<bool> AddTicketAsync(SignInTicket ticket, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Whether there is such a ticket that is good still. Uses nothing up.</summary>
    Task<bool> IsGoodAsync(KeyHash hash, TicketKind kind, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Uses up a ticket. Null when there is none, or it is used or too old; its code stays taken until then.</summary>
    Task<SignInTicket?> TakeTicketAsync(KeyHash hash, TicketKind kind, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The device's ticket that has the code and waits.</summary>
    Task<SignInTicket?> FindDeviceAsync(string code, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Says yes or no to a device. False when it no longer waits.</summary>
    Task<bool> AnswerDeviceAsync(string code, PrincipalId by, bool yes, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>A device asks; once it was granted, its ticket is used up.</summary>
    /// <param name="interval">How long it was told to wait between two times.</param>
    Task<DeviceAnswer> PollDeviceAsync(KeyHash hash, DateTimeOffset now, TimeSpan interval, CancellationToken cancellationToken);
}
