namespace Paddock.Core.Mitigations;

/// <summary>Remembers mitigations for ever. Each change has its entry of the audit log in the same transaction.</summary>
public interface IMitigationStore
{
    /// <summary>Puts it in force. One of the same id that is there already is left as it is, in force or not: a step that is done again does nothing.</summary>
    /// <returns>Whether this was the first time.</returns>
    Task<bool> AddAsync(Mitigation mitigation, Audit.AuditActor by, CancellationToken cancellationToken);

    /// <summary>Ends it before its time.</summary>
    /// <returns>As it is then; null when there is none. One that is over is left as it is.</returns>
    Task<Mitigation?> EndAsync(string id, Audit.AuditActor by, CancellationToken cancellationToken);

    Task<Mitigation?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Those in force, in the order they were made.</summary>
    Task<MitigationSet> StandingAsync(CancellationToken cancellationToken);
}
