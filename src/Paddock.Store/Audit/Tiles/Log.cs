using Microsoft.Extensions.Logging;

namespace Paddock.Store.Audit.Tiles;

internal static partial class Log
{
    [LoggerMessage(1801, LogLevel.Critical, "The audit log is not signed any more: {Problem} Entries gather")]
    public static partial void Halted(ILogger logger, string problem);

    [LoggerMessage(1802, LogLevel.Error, "The audit log is not signed for now: {Problem} Entries gather")]
    public static partial void NotSigned(ILogger logger, string problem, Exception? fault);

    [LoggerMessage(1803, LogLevel.Information, "The audit log is signed again")]
    public static partial void SignedAgain(ILogger logger);

    [LoggerMessage(1804, LogLevel.Information, "Shard {Number} of the audit log is closed ({Why})")]
    public static partial void ShardClosed(ILogger logger, long number, string why);

    [LoggerMessage(1805, LogLevel.Information, "Shard {Number} of the audit log is open: {Origin}")]
    public static partial void ShardOpened(ILogger logger, long number, string origin);

    [LoggerMessage(1806, LogLevel.Warning, "The key of a closed shard could not be removed: {Reason}")]
    public static partial void KeyNotRetired(ILogger logger, string reason);

    [LoggerMessage(1807, LogLevel.Warning, "The audit log goes on in shard {Number}, {Origin}, which does not continue what was signed; {By} decided so: {Reason}")]
    public static partial void Restarted(ILogger logger, long number, string origin, string by, string reason);

    [LoggerMessage(1808, LogLevel.Error, "That the audit log has halted could not be kept in the database: {Reason}")]
    public static partial void HaltNotKept(ILogger logger, string reason);
}
