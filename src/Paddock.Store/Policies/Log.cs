using Microsoft.Extensions.Logging;

namespace Paddock.Store.Policies;

internal static partial class Log
{
    [LoggerMessage(1501, LogLevel.Warning, "{Count} records of decisions could not be written ({Reason}); they wait in memory and are tried again in a second")]
    public static partial void DecisionsNotWritten(ILogger logger, int count, string reason);

    [LoggerMessage(1502, LogLevel.Error, "{Count} records of decisions were left unwritten: the database did not take them before the end")]
    public static partial void DecisionsLeft(ILogger logger, int count);

    [LoggerMessage(1503, LogLevel.Warning, "Old decisions could not be looked after ({Reason}); the next look comes in ten minutes")]
    public static partial void DecisionsNotLookedAfter(ILogger logger, string reason);

    [LoggerMessage(1504, LogLevel.Error, "A record of a decision was given up: the database does not take it ({Reason})")]
    public static partial void DecisionNotTaken(ILogger logger, string reason);
}
