namespace Paddock.Core.Audit.Tiles;

/// <summary>What a process does with the audit log.</summary>
public enum LogState
{
    /// <summary>It has not looked at it yet.</summary>
    Starting,

    /// <summary>It puts entries into it and signs it.</summary>
    Signing,

    /// <summary>Another process does.</summary>
    Following,

    /// <summary>It would, and cannot for now: entries gather.</summary>
    Waiting,

    /// <summary>What is in the database does not go with what was signed. Nothing is signed until somebody has looked into it: entries gather.</summary>
    Halted,
}

/// <summary>How the audit log stands, as one process sees it.</summary>
public sealed record LogStatus
{
    public static LogStatus Unknown { get; } = new();

    public LogState State { get; init; }

    /// <summary>What is wrong, in plain words; null when nothing is.</summary>
    public string? Problem { get; init; }

    /// <summary>The open shard's; null while there is none, or it is not known.</summary>
    public string? Origin { get; init; }

    /// <summary>From 1; 0 while it is not known.</summary>
    public long Shard { get; init; }

    /// <summary>Entries in the open shard under a published log checkpoint.</summary>
    public long Size { get; init; }

    /// <summary>When the newest checkpoint was signed; null when there is none.</summary>
    public DateTimeOffset? SignedAt { get; init; }
}

/// <summary>Where the log's state is read.</summary>
public interface ILogStatus
{
    LogStatus Current { get; }
}
