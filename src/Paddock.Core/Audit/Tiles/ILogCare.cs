namespace Paddock.Core.Audit.Tiles;

/// <summary>What came of asking for something about the log.</summary>
public enum LogCareResult
{
    Done,

    /// <summary>The log is not halted, so it goes on by itself.</summary>
    NotHalted,

    /// <summary>The signing key comes from elsewhere, and is rotated there.</summary>
    KeyFromElsewhere,

    /// <summary>There is no such shard.</summary>
    NoShard,

    /// <summary>Entries still come into it.</summary>
    StillOpen,

    /// <summary>It was closed a short while ago; outcomes may still be on their way.</summary>
    TooYoung,

    /// <summary>An older shard's entries are still there.</summary>
    OlderFirst,

    /// <summary>What was archived is not this shard: its root is another.</summary>
    OtherRoot,
}

/// <summary>What operators do about the log.</summary>
public interface ILogCare
{
    /// <summary>How long the entries of a closed shard stay at least: outcomes are waited for a day.</summary>
    public static readonly TimeSpan KeepsClosed = TimeSpan.FromDays(2);

    /// <summary>Makes another signing key. The open shard is closed within seconds, and the next is signed with it.</summary>
    /// <exception cref="SignerUnavailableException">The key cannot be kept.</exception>
    /// <exception cref="AuditUnavailableException">It cannot be written down.</exception>
    Task<LogCareResult> RotateKeyAsync(AuditActor by, string reason, CancellationToken cancellationToken);

    /// <summary>Goes on after a halt, in a new shard that says so.</summary>
    Task<LogCareResult> RestartAsync(AuditActor by, string reason, CancellationToken cancellationToken);

    /// <summary>Takes a closed shard's entries and tiles out of the database; its last log checkpoint stays. Cut off, it goes on when asked again.</summary>
    /// <param name="root">Of its last log checkpoint, in base64, as the archive has it.</param>
    Task<LogCareResult> RemoveAsync(long shard, string root, AuditActor by, string reason, CancellationToken cancellationToken);
}
