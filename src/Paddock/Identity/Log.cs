using Microsoft.Extensions.Logging;

namespace Paddock.Identity;

/// <summary>What is logged of sign-ins by the identity provider; never a token, a code or a name.</summary>
internal static partial class Log
{
    [LoggerMessage(5401, LogLevel.Warning, "An ID token was not believed: {Reason}.")]
    public static partial void TokenNotBelieved(ILogger logger, string reason);
}
