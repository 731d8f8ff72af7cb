namespace Paddock.Store;

/// <summary>What the store says about itself, for <c>/readyz</c>.</summary>
public sealed record StoreHealth
{
    /// <summary>Whether calls may be taken: the journal can be written and the store has started.</summary>
    public required bool LedgerWritable { get; init; }

    /// <summary>Whether the database answers.</summary>
    public required bool DatabaseReachable { get; init; }

    /// <summary>Whether the ledger's records reach the database. While it is false the journal grows.</summary>
    public required bool LedgerShipping { get; init; }

    /// <summary>Size of the journal's segments, bytes, and where it refuses new calls.</summary>
    public required long JournalBytes { get; init; }

    public required long JournalLimitBytes { get; init; }

    public required AuditHealth Audit { get; init; }

    /// <summary>Short reason in plain words when something is wrong; never a connection string.</summary>
    public string? Problem { get; init; }

    /// <summary>Ready to serve. A database that is away does not make it unready: calls go on with the snapshot and the journal.</summary>
    public bool IsReady => LedgerWritable;
}
