using Npgsql;
using Paddock.Core.Audit.Tiles;
using Paddock.Core.Identity;
using Paddock.Core.Tasks;

namespace Paddock.Store;

/// <summary>Where and how the store remembers. Bound once by the host.</summary>
public sealed record StoreOptions
{
    /// <summary>Data directory; made when missing (0700). The journal lies in <c>ledger/</c> below it, whatever the database.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Npgsql connection string; null = SQLite in <c>paddock.db</c> of the data directory.</summary>
    public string? PostgresConnection { get; init; }

    /// <summary>How much of the ledger the journal keeps while the database is away. Beyond it calls are refused. Bytes; default 1 GiB.</summary>
    public long JournalLimitBytes { get; init; } = 1L << 30;

    /// <summary>Size at which a journal segment is ended and the next begun. Bytes; default 16 MiB.</summary>
    public long JournalSegmentBytes { get; init; } = 16L << 20;

    /// <summary>Longest time an appended record waits for its fsync to begin. Default 200 ms; a power loss costs at most this and one fsync.</summary>
    public TimeSpan JournalSyncInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long records gather before they go to the database in one transaction. Default 100 ms.</summary>
    public TimeSpan ShipInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How often last uses of keys are written. Default one minute.</summary>
    public TimeSpan KeyUseInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often the versions of the directory (PostgreSQL: another process may have changed it) and of the containments are asked for. Default 500 ms.</summary>
    public TimeSpan DirectoryPollInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long starting waits for a database that is away before it gives up. Default 30 s.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long decisions on tool calls are kept. Default 30 days.</summary>
    public TimeSpan KeepDecisions { get; init; } = TimeSpan.FromDays(30);

    /// <summary>From when on no decision and no event of an agent's client is forgotten, with room for an upkeep that is late: a whole hour (UTC).</summary>
    internal DateTimeOffset FactsSince(DateTimeOffset now)
    {
        var margin = TimeSpan.FromDays(1);
        return Core.Metrics.TallyShare.HourOf(now - KeepDecisions + (margin < KeepDecisions / 2 ? margin : KeepDecisions / 2));
    }

    /// <summary>Times by which silence of a task means something.</summary>
    public FoldRules Tasks { get; init; } = FoldRules.Default;

    /// <summary>Directory of the audit log's file; null = <c>audit/</c> of the data directory. On a disk of its own it also helps when the data directory's is full.</summary>
    public string? AuditSpoolDirectory { get; init; }

    /// <summary>How much the audit log's file takes while the database is away. Beyond it mutating tool calls are refused. Bytes; default 256 MiB.</summary>
    public long AuditSpoolLimitBytes { get; init; } = 256L << 20;

    /// <summary>Size of the file that is kept for when somebody breaks the glass on a full disk. Bytes; default 16 MiB, some 20,000 entries; 0 = none.</summary>
    public long AuditReserveBytes { get; init; } = 16L << 20;

    /// <summary>Room on disk below which people are told; a sixteenth of it is critical. Bytes; default 2 GiB.</summary>
    public long LowDiskBytes { get; init; } = 2L << 30;

    /// <summary>What people call the organization. Default: Paddock.</summary>
    public string OrganizationName { get; init; } = "Paddock";

    /// <summary>First part of the audit log's origin, <c>NAME/audit/org_…</c>: a host name, as a rule, without scheme, spaces and plus signs. Fixed when the log is made. Default <c>localhost</c>.</summary>
    public string AuditName { get; init; } = "localhost";

    /// <summary>The log's signing keys, 64 hexadecimal digits each, the current one first, apart by commas; null = the file <c>keys/audit.key</c>.</summary>
    public Secret? AuditKeys { get; init; }

    /// <summary>How long a shard of the audit log takes entries; then the next is opened. Default a calendar year.</summary>
    public ShardPeriod AuditShard { get; init; }

    /// <summary>The master key that wraps data keys, at least 64 hexadecimal digits; null = <c>keys/master</c> of the data directory.</summary>
    public Secret? MasterKey { get; init; }

    /// <summary>Whether a text can be a <see cref="PostgresConnection"/>; says nothing about whether a server answers there.</summary>
    public static bool IsPostgresConnection(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text).Host is { Length: > 0 };
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException)
        {
            return false;
        }
    }

    internal string DatabaseFile => Path.Combine(DataDirectory, "paddock.db");

    internal string SpoolDirectory => AuditSpoolDirectory ?? Path.Combine(DataDirectory, "audit");

    internal string ReserveDirectory => Path.Combine(SpoolDirectory, "reserve");

    internal string KeyDirectory => Path.Combine(DataDirectory, "keys");

    internal string JournalDirectory => Path.Combine(DataDirectory, "ledger");

    internal string MasterKeyFile => Path.Combine(DataDirectory, "keys", "master");

    /// <summary>Data keys, wrapped. They are in no backup.</summary>
    internal string DataKeyDirectory => Path.Combine(DataDirectory, "keys", "data");

    /// <summary>Snapshots before migrations, and what a restore replaced.</summary>
    internal string BackupDirectory => Path.Combine(DataDirectory, "backups");
}
