namespace Paddock.Core.Audit.Payloads;

/// <summary>What must be kept, whatever anybody asks: while a hold stands, nothing under it is redacted and no key of it is destroyed.</summary>
/// <param name="EndedAt">Null while it stands; with it come <paramref name="EndedBy"/> and <paramref name="EndReason"/>.</param>
public sealed record LegalHold(
    HoldId Id, HoldScope Scope, string Reason, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset? EndedAt = null, string? EndedBy = null, string? EndReason = null);

/// <summary>What a hold is on.</summary>
public sealed record HoldScope
{
    private HoldScope(HoldKind kind, string? subject) => (Kind, Subject) = (kind, subject);

    public static HoldScope Everything { get; } = new(HoldKind.Everything, null);

    public HoldKind Kind { get; }

    /// <summary>Id of the task or principal, or name of the class; null for everything.</summary>
    public string? Subject { get; }

    public static HoldScope OfTask(string task) => Of(HoldKind.Task, task);

    public static HoldScope OfPrincipal(string principal) => Of(HoldKind.Principal, principal);

    public static HoldScope OfClass(string cls) => Of(HoldKind.Class, cls);

    /// <exception cref="ArgumentException">A subject is missing, or there is one for everything.</exception>
    public static HoldScope Of(HoldKind kind, string? subject) => string.IsNullOrEmpty(subject) == (kind is HoldKind.Everything)
        ? new(kind, kind is HoldKind.Everything ? null : subject)
        : throw new ArgumentException("A hold is on a task, a principal or a class, each with its name, or on everything.", nameof(subject));
}

public enum HoldKind
{
    Everything,
    Task,
    Principal,
    Class,
}
