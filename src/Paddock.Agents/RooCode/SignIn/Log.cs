using Microsoft.Extensions.Logging;

namespace Paddock.Agents.RooCode.SignIn;

/// <summary>What sign-in of Roo Code logs. Event ids 6300 to 6399; never a ticket, a secret or a token.</summary>
internal static partial class Log
{
    [LoggerMessage(6301, LogLevel.Warning, "A client could not be told whether its session lives; it asks again")]
    public static partial void SessionNotAsked(ILogger logger, Exception fault);
}
