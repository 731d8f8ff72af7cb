using Microsoft.Extensions.Logging;

namespace Paddock.Agents.Hooks;

/// <summary>What hooks log. Event ids 6000 to 6099; never what a hook sent.</summary>
internal static partial class Log
{
    [LoggerMessage(6001, LogLevel.Error, "A hook of {Agent} could not be answered; its call was refused.")]
    public static partial void HookFailed(ILogger logger, Exception exception, string agent);

    [LoggerMessage(6002, LogLevel.Warning, "What a hook told could not be kept ({Reason}); it is lost.")]
    public static partial void EventNotKept(ILogger logger, string reason);

    [LoggerMessage(6003, LogLevel.Warning, "What is wrong now could not be shown in an agent ({Reason}).")]
    public static partial void NoticeNotShown(ILogger logger, string reason);
}
