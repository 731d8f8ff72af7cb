using Microsoft.Extensions.Logging;

namespace Paddock.Witnesses;

internal static partial class Log
{
    [LoggerMessage(4401, LogLevel.Critical, "What was seen of a log cannot be read or written; nothing is signed")]
    public static partial void NotWitnessed(ILogger logger, Exception fault);
}
