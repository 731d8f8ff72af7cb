using System.Collections.Immutable;
using Paddock.Core.Audit;

namespace Paddock.Core.Runbooks;

/// <summary>Which runs to list: the newest first.</summary>
public sealed record RunQuery
{
    /// <summary>Only those that are not over.</summary>
    public bool Open { get; init; }

    public string? Runbook { get; init; }

    public string? Incident { get; init; }

    /// <summary>Only those that began before this one did, for the next page.</summary>
    public string? Before { get; init; }

    /// <summary>1 to 1,000.</summary>
    public int Limit { get; init; } = 100;
}

/// <summary>Remembers runs for ever. Each change has its entry of the audit log in the same transaction.</summary>
public interface IRuns
{
    /// <summary>Whether this process is the one of all that carries runs out.</summary>
    Task<bool> HoldAsync(CancellationToken cancellationToken);

    /// <returns>False when there is one of this id already: what begins a run by itself makes its id of what it answers.</returns>
    Task<bool> AddAsync(Run run, AuditActor by, CancellationToken cancellationToken);

    /// <returns>False when somebody else has changed the run meanwhile: nothing is kept.</returns>
    Task<bool> KeepAsync(RunMove.Write move, AuditActor by, CancellationToken cancellationToken);

    Task<Run?> FindAsync(string id, CancellationToken cancellationToken);

    Task<ImmutableArray<Run>> ListAsync(RunQuery query, CancellationToken cancellationToken);
}

/// <summary>Remembers what drills came to.</summary>
public interface IDrillBook
{
    Task AddAsync(DrillResult result, AuditActor by, CancellationToken cancellationToken);

    /// <summary>The last one of each runbook.</summary>
    Task<ImmutableArray<DrillResult>> LastAsync(CancellationToken cancellationToken);

    /// <summary>Of one runbook, newest first.</summary>
    Task<ImmutableArray<DrillResult>> ListAsync(string runbook, int limit, CancellationToken cancellationToken);
}
