using System.Collections.Immutable;
using Paddock.Core.Audit;

namespace Paddock.Core.Incidents;

/// <summary>Which incidents to list: the newest first.</summary>
public sealed record IncidentQuery
{
    /// <summary>Only those that are open: triggered, acknowledged, mitigated.</summary>
    public bool Open { get; init; }

    /// <summary>Only those that are open, or changed since.</summary>
    public DateTimeOffset? ChangedSince { get; init; }

    /// <summary>Only those that began before this one did, for the next page.</summary>
    public string? Before { get; init; }

    /// <summary>1 to 1,000.</summary>
    public int Limit { get; init; } = 100;
}

/// <summary>Whom an incident is given to when nothing else says it.</summary>
/// <param name="Principal">Principal id.</param>
/// <param name="Until">Null = until somebody else is.</param>
public sealed record OnCall(string Principal, DateTimeOffset Since, DateTimeOffset? Until);

/// <summary>Remembers incidents and their timelines for ever. Each entry of a timeline has its entry of the audit log in the same transaction.</summary>
public interface IIncidents
{
    /// <param name="entries">The first ones of its timeline; at least that it was opened.</param>
    /// <returns>False when there is one of its id already: nothing is kept.</returns>
    Task<bool> OpenAsync(Incident incident, IReadOnlyCollection<IncidentEntry> entries, AuditActor by, CancellationToken cancellationToken);

    /// <summary>Keeps what a command came to.</summary>
    /// <returns>False when it is not as it was when the command looked at it, because somebody else has changed it: nothing is kept.</returns>
    Task<bool> KeepAsync(IncidentOutcome.Changed change, AuditActor by, CancellationToken cancellationToken);

    /// <summary>Adds to the timeline alone.</summary>
    /// <returns>False when there is no such incident, or an entry of its key already.</returns>
    Task<bool> NoteAsync(string incident, IncidentEntry entry, AuditActor by, CancellationToken cancellationToken);

    Task<Incident?> FindAsync(string id, CancellationToken cancellationToken);

    Task<ImmutableArray<Incident>> ListAsync(IncidentQuery query, CancellationToken cancellationToken);

    /// <summary>Oldest first.</summary>
    Task<ImmutableArray<IncidentEntry>> TimelineAsync(string incident, CancellationToken cancellationToken);

    /// <returns>Null when nobody is.</returns>
    Task<OnCall?> OnCallAsync(DateTimeOffset now, CancellationToken cancellationToken);

    Task SetOnCallAsync(OnCall one, AuditActor by, CancellationToken cancellationToken);

    /// <summary>Remembers that the person of a task was told something.</summary>
    /// <param name="text">What they were told; kept as a hash.</param>
    /// <returns>False when they were told it in this task before.</returns>
    Task<bool> TellAsync(string task, string text, DateTimeOffset now, CancellationToken cancellationToken);
}
