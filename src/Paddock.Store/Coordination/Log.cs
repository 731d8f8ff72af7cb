using Microsoft.Extensions.Logging;

namespace Paddock.Store.Coordination;

internal static partial class Log
{
    [LoggerMessage(1301, LogLevel.Warning, "The connection that hears of changes in PostgreSQL was lost; it is opened again, meanwhile changes are found by looking")]
    public static partial void NoticesLost(ILogger logger, Exception fault);

    [LoggerMessage(1302, LogLevel.Information, "Changes in PostgreSQL are heard of at once")]
    public static partial void NoticesHeard(ILogger logger);

    [LoggerMessage(1303, LogLevel.Warning, "PostgreSQL still holds the lock of this journal for the connection that was lost; if it is not that, a copy of this data directory runs elsewhere and must be stopped")]
    public static partial void JournalLockNotTaken(ILogger logger);

    [LoggerMessage(1304, LogLevel.Warning, "Of {Kind} people were told no more for {Person} in the last hour, as there was too much of it: it was held back {Withheld} times")]
    public static partial void NoticesWithheld(ILogger logger, string kind, string person, long withheld);
}
