namespace Paddock.Core.Audit;

/// <summary>What the audit log says of the installation itself.</summary>
public static class InstallationEntries
{
    private static readonly AuditActor server = AuditActor.Of("system:server");

    /// <param name="settings">SHA-256 of the settings it runs with, secrets left out; in hexadecimal.</param>
    public static AuditEvent Started(string version, string database, int schema, string settings) => new()
    {
        Act = AuditActs.ServerStarted,
        Actor = server,
        Facts = [AuditFact.Of("version", version), AuditFact.Of("database", database), AuditFact.Of("schema", schema), AuditFact.Of("settings", settings)],
    };

    public static AuditEvent Stopped(string version) => new() { Act = AuditActs.ServerStopped, Actor = server, Facts = [AuditFact.Of("version", version)] };

    public static AuditEvent BackupMade(long bytes, long rows, int schema, AuditActor by) => new()
    {
        Act = AuditActs.BackupMade,
        Actor = by,
        Mutating = false,
        Facts = [AuditFact.Of("bytes", bytes), AuditFact.Of("rows", rows), AuditFact.Of("schema", schema)],
    };

    /// <param name="madeAt">When the backup was made: what happened since is not in this database.</param>
    public static AuditEvent Restored(DateTimeOffset madeAt, long rows, int schema) => new()
    {
        Act = AuditActs.BackupRestored,
        Actor = AuditActor.Local,
        Facts = [AuditFact.Of("made_at", madeAt), AuditFact.Of("rows", rows), AuditFact.Of("schema", schema)],
    };
}
