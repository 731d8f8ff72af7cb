using Microsoft.Extensions.Logging;

namespace Paddock.Store.Agents;

internal static partial class Log
{
    [LoggerMessage(1901, LogLevel.Warning, "The clients that were seen could not be written ({Reason}); they are kept for the next time")]
    public static partial void ClientsNotWritten(ILogger logger, string reason);

    [LoggerMessage(1902, LogLevel.Warning, "That a client was given settings could not be written ({Reason}); until it is, other processes do not know of it")]
    public static partial void RefreshNotWritten(ILogger logger, string reason);

    [LoggerMessage(1903, LogLevel.Warning, "When a client was last given settings could not be looked up ({Reason}); it is not refused for that")]
    public static partial void ClientNotFound(ILogger logger, string reason);

    [LoggerMessage(1904, LogLevel.Warning, "Clients that nobody has seen for long could not be forgotten ({Reason}); the next look tries again")]
    public static partial void ClientsNotForgotten(ILogger logger, string reason);
}
