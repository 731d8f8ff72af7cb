using Microsoft.Extensions.Logging;

namespace Paddock.Notifications;

/// <summary>What the outlet logs. Event ids 5300 to 5399; of the address no more than its host.</summary>
internal static partial class Log
{
    [LoggerMessage(5301, LogLevel.Warning, "A notification ({Event}) was not delivered to {Host}: {Said}.")]
    public static partial void NotificationNotDelivered(ILogger logger, string @event, string host, string said);

    [LoggerMessage(5302, LogLevel.Warning, "A notification ({Event}) for {Host} was dropped: {Most} others wait already.")]
    public static partial void NotificationDropped(ILogger logger, string @event, string host, int most);

    [LoggerMessage(5303, LogLevel.Warning, "Notifications that are kept could not be looked at ({Reason}); the next look comes.")]
    public static partial void NoticesNotDelivered(ILogger logger, string reason);

    [LoggerMessage(5305, LogLevel.Warning, "Alertmanager at {Host} could not be told which alerts are open: {Said}. It is tried again.")]
    public static partial void AlertmanagerNotTold(ILogger logger, string host, string said);

    [LoggerMessage(5304, LogLevel.Warning, "A notification went out by mail, but not to {Recipient}: {Host} said {Status}.")]
    public static partial void RecipientNotAccepted(ILogger logger, string recipient, string host, int status);
}
