namespace Paddock.Core.Containments;

/// <summary>
/// An order that stops, at once and for a while, what a person, key, agent, task, model, provider or tool may do. It always ends: what
/// must last is said by a document, a disabled user or a revoked key, where people look for it.
/// </summary>
public sealed record Containment
{
    /// <summary>How long one holds when nobody says it.</summary>
    public static readonly TimeSpan UsualDuration = TimeSpan.FromHours(1);

    public static readonly TimeSpan LongestDuration = TimeSpan.FromDays(30);

    public required ContainmentId Id { get; init; }

    public required ContainmentSelector Selector { get; init; }

    /// <summary>One line; whoever is stopped reads it.</summary>
    public required string Reason { get; init; }

    /// <summary>Principal id, or <c>system:…</c>.</summary>
    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? LiftedAt { get; init; }

    /// <summary>As <see cref="CreatedBy"/>; null while nobody has lifted it.</summary>
    public string? LiftedBy { get; init; }

    public string? LiftReason { get; init; }

    public bool IsInForce(DateTimeOffset now) => LiftedAt is null && now < ExpiresAt;

    public ContainmentState StateAt(DateTimeOffset now) => LiftedAt is not null ? ContainmentState.Lifted : now < ExpiresAt ? ContainmentState.InForce : ContainmentState.Expired;
}
