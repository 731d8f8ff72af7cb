using System.Collections.Immutable;

namespace Paddock.Core.Incidents;

/// <summary>One line of an incident's timeline. Lines are added, never changed; each is an entry of the audit log.</summary>
public sealed record IncidentEntry
{
    /// <summary>Its place in the timeline, from 1; the store gives it.</summary>
    public int Number { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Principal id, or <c>system:…</c>.</summary>
    public required string By { get; init; }

    public required IncidentEntryKind Kind { get; init; }

    public required string Text { get; init; }

    /// <summary>Names in camel case.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Facts { get; init; } = [];

    /// <summary>Of an incident there is one entry of a key: what may come twice is kept once. Null = each is kept.</summary>
    public string? Key { get; init; }
}

/// <summary>What a line of the timeline tells of.</summary>
public enum IncidentEntryKind
{
    Opened,
    Acknowledged,
    Owner,
    Eta,
    Update,
    Severity,
    Mitigated,
    Resolved,
    Reopened,
    Closed,
    Alert,
    Release,
    Runbook,
    Note,
    Notice,
    Postmortem,

    /// <summary>An ETA is over, or an update was due and did not come.</summary>
    Overdue,
}
