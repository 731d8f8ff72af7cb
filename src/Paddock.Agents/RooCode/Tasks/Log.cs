using Microsoft.Extensions.Logging;

namespace Paddock.Agents.RooCode.Tasks;

/// <summary>What events log. Event ids 6100 to 6199.</summary>
internal static partial class Log
{
    [LoggerMessage(6101, LogLevel.Warning, "An event of a client could not be kept ({Reason}); the client sends it again")]
    public static partial void EventNotKept(ILogger logger, string reason);

    [LoggerMessage(6102, LogLevel.Debug, "An event of a type that is not known here ({Type}) was kept")]
    public static partial void UnknownEvent(ILogger logger, string type);
}
