using System.Collections.Immutable;

namespace Paddock.Core.Incidents;

/// <summary>Something that is wrong and that somebody puts right: one person answers for it, and says by when.</summary>
public sealed record Incident
{
    /// <summary><c>inc_</c> and 32 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>One line.</summary>
    public required string Title { get; init; }

    public required IncidentSeverity Severity { get; init; }

    public IncidentStatus Status { get; init; }

    /// <summary>Principal id of the one person who answers for it.</summary>
    public required string Owner { get; init; }

    /// <summary>By when it is to be mitigated.</summary>
    public required DateTimeOffset Eta { get; init; }

    /// <summary>Principal id, or <c>system:…</c>.</summary>
    public required string CreatedBy { get; init; }

    public required DateTimeOffset BeganAt { get; init; }

    /// <summary>When those who wait for it last heard something: its beginning, an update, a new status.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When anything of it last changed.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The alert rule that opened it; null = somebody did.</summary>
    public string? Rule { get; init; }

    /// <summary>Of the alerts that joined it by rule and subject.</summary>
    public ImmutableArray<string> Subjects { get; init; } = [];

    /// <summary>What is affected, in words: a provider, a team, a repository.</summary>
    public ImmutableArray<string> Scopes { get; init; } = [];

    /// <summary>Ids of alerts.</summary>
    public ImmutableArray<string> Alerts { get; init; } = [];

    /// <summary>Digests of releases; those put in force shortly before it began among them.</summary>
    public ImmutableArray<string> Releases { get; init; } = [];

    /// <summary>One line that developers are shown in their agents while it is open; null = none.</summary>
    public string? Notice { get; init; }

    public Postmortem? Postmortem { get; init; }

    /// <summary>Who said that it is no sev1 or sev2 after all; null = nobody, or it is one again.</summary>
    public string? LoweredBy { get; init; }

    /// <summary>Counts changes: whoever changes an incident has seen the last one.</summary>
    public int Revision { get; init; }

    /// <summary>Whether there is still something to put right.</summary>
    public bool IsOpen => Status is not (IncidentStatus.Resolved or IncidentStatus.Closed);

    /// <summary>Whether it is not even mitigated.</summary>
    public bool IsHurting => Status is IncidentStatus.Triggered or IncidentStatus.Acknowledged;

    /// <summary>Whether its ETA is over and it is not even mitigated.</summary>
    public bool IsOverdue(DateTimeOffset now) => IsHurting && now > Eta;

    /// <summary>Whether those who wait for it have heard nothing for longer than they should.</summary>
    public bool IsUpdateOverdue(DateTimeOffset now) => now > UpdateDue;

    /// <summary>When those who wait for it are to hear something; null = no more.</summary>
    public DateTimeOffset? UpdateDue => IsOpen ? UpdatedAt + IncidentTimes.UpdateEvery(Severity) : null;
}

/// <summary>How much it matters.</summary>
public enum IncidentSeverity
{
    /// <summary>Everybody is stopped, or something is leaking.</summary>
    Sev1 = 1,

    /// <summary>Many are stopped.</summary>
    Sev2,

    /// <summary>Some are hindered.</summary>
    Sev3,

    /// <summary>A nuisance.</summary>
    Sev4,
}

/// <summary>How far it is.</summary>
public enum IncidentStatus
{
    Triggered,

    /// <summary>Its owner knows of it.</summary>
    Acknowledged,

    /// <summary>It hurts nobody any more; its cause is still there.</summary>
    Mitigated,

    Resolved,

    /// <summary>What there was to learn is written down.</summary>
    Closed,
}
