using System.Collections.Immutable;

namespace Paddock.Core.Alerts;

/// <summary>That the condition of a rule is met now, for one subject.</summary>
/// <param name="Subject">A provider, a route, an agent, an agent's tool, a person; empty = all there is.</param>
/// <param name="Says">One sentence: why.</param>
/// <param name="Facts">The numbers behind it, and the part that explains most; names in camel case.</param>
public sealed record AlertFinding(string Rule, string Subject, AlertSeverity Severity, string Says, ImmutableArray<KeyValuePair<string, string>> Facts);

/// <summary>An alert: from when a condition was met until it was not for a while.</summary>
public sealed record Alert
{
    /// <summary><c>alr_</c> and 32 hexadecimal digits.</summary>
    public required string Id { get; init; }

    public required string Rule { get; init; }

    public required string Subject { get; init; }

    public required AlertSeverity Severity { get; init; }

    public required DateTimeOffset BeganAt { get; init; }

    /// <summary>When its condition was last met.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>As it was when the alert was last seen.</summary>
    public required string Says { get; init; }

    public ImmutableArray<KeyValuePair<string, string>> Facts { get; init; } = [];

    /// <summary>When somebody outside was last told of it; null = never.</summary>
    public DateTimeOffset? ToldAt { get; init; }

    /// <summary>The silence that keeps it quiet; null = none.</summary>
    public string? Silence { get; init; }
}

/// <summary>Keeps alerts quiet for a time: they are seen on the page, and nobody is told.</summary>
public sealed record AlertSilence
{
    /// <summary><c>sil_</c> and 32 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>Null = every rule.</summary>
    public string? Rule { get; init; }

    /// <summary>Null = every subject.</summary>
    public string? Subject { get; init; }

    public required string Reason { get; init; }

    /// <summary>Principal id of whoever answers for it.</summary>
    public required string Owner { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public string? EndedBy { get; init; }

    public bool Covers(Alert alert) => (Rule is null || Rule == alert.Rule) && (Subject is null || Subject == alert.Subject);
}
