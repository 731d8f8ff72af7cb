using Microsoft.Extensions.Logging;

namespace Paddock.Hosting;

/// <summary>What the host logs. Event ids 5000 to 5999.</summary>
internal static partial class Log
{
    [LoggerMessage(5001, LogLevel.Information, "Release {Digest} from {Origin} is active ({Documents} documents).")]
    public static partial void ReleaseActivated(ILogger logger, string digest, string origin, int documents);

    [LoggerMessage(5002, LogLevel.Warning, "The release was rejected with {Count} faults; the last good one serves on.\n{Faults}")]
    public static partial void ReleaseRejected(ILogger logger, int count, string faults);

    [LoggerMessage(5003, LogLevel.Warning, "The release directory {Directory} cannot be read; the last good release serves on.")]
    public static partial void ReleaseUnreadable(ILogger logger, Exception exception, string directory);
}
