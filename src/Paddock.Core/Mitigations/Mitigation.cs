using Paddock.Core.Policies;

namespace Paddock.Core.Mitigations;

/// <summary>
/// A live order that changes how calls are served, for a while and without a release. It always ends: what must last is said by a
/// document. What must stop at once, calls that run among them, is a containment.
/// </summary>
public sealed record Mitigation
{
    public static readonly TimeSpan UsualDuration = TimeSpan.FromHours(4);

    public static readonly TimeSpan LongestDuration = TimeSpan.FromDays(7);

    /// <summary><see cref="MitigationId"/>.</summary>
    public required string Id { get; init; }

    public required Measure Measure { get; init; }

    /// <summary>One line; whoever meets it reads it.</summary>
    public required string Reason { get; init; }

    /// <summary>The runbook's run that made it.</summary>
    public required string Run { get; init; }

    /// <summary>Its step there.</summary>
    public required string Step { get; init; }

    /// <summary>Principal id, or <c>system:…</c>.</summary>
    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public string? EndedBy { get; init; }

    public bool IsInForce(DateTimeOffset now) => EndedAt is null && now < ExpiresAt;
}
