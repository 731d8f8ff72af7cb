using Paddock.Core.Identity;

namespace Paddock.Core.Audit;

/// <summary>What the audit log says of those who sign in to the console. Where they came from is sealed.</summary>
public static class SessionEntries
{
    /// <param name="source">Address they came from; null when it is not known.</param>
    public static AuditEvent SignedIn(AuditActor by, string? source) => new() { Act = AuditActs.SignedIn, Actor = by, Mutating = false, Ref = by.Via, Facts = [.. Source(source)] };

    /// <summary>A session of their own began.</summary>
    public static AuditEvent SignedIn(ApiKey session, string? source) => new()
    {
        Act = AuditActs.SignedIn,
        Actor = AuditActor.Of(session.Owner.Value, session.Id.Value),
        Mutating = false,
        Ref = session.Id.Value,
        Facts =
        [
            .. session.Client is { } client ? [AuditFact.Of("client", SessionClients.NameOf(client))] : Array.Empty<AuditFact>(),
            .. session.ExpiresAt is { } end ? [AuditFact.Of("ends", end)] : Array.Empty<AuditFact>(),
            .. Source(source),
        ],
    };

    public static AuditEvent SignedOut(KeyId session, AuditActor by) => new() { Act = AuditActs.SignedOut, Actor = by, Mutating = false, Ref = session.Value };

    public static AuditEvent SignedOut(AuditActor by) => new() { Act = AuditActs.SignedOut, Actor = by, Mutating = false, Ref = by.Via };

    /// <summary>No key that works. Whose it may have been nobody knows.</summary>
    /// <param name="count">How many times since the last entry for this source, with this one.</param>
    public static AuditEvent Refused(string? source, int count) =>
        new() { Act = AuditActs.SignInRefused, Actor = AuditActor.Of("system:console"), Mutating = false, Facts = [AuditFact.Of("count", count), .. Source(source)] };

    private static AuditFact[] Source(string? source) => source is null ? [] : [AuditFact.Sealed("source", source)];
}
