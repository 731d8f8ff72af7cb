namespace Paddock.Core.Audit;

/// <summary>
/// Takes entries that belong to no change of the database; a change brings its own, in its transaction. An entry is durable when it is
/// on one of two devices: the database, or a file that takes over while the database cannot be written.
/// </summary>
public interface IAuditLog
{
    /// <summary>False while neither device takes entries. Whoever would have to be refused later is better refused before.</summary>
    bool IsAvailable { get; }

    /// <summary>Completes when the entry is durable.</summary>
    /// <exception cref="AuditUnavailableException">It is not, and will not be.</exception>
    Task AppendAsync(AuditEvent what, CancellationToken cancellationToken);

    /// <summary>Hands in an entry that nobody waits for: a "no", an outcome. Kept in memory while neither device takes it; what finds no room is counted, and the log says how many.</summary>
    void Post(AuditEvent what);
}
