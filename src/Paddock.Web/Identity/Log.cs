using Microsoft.Extensions.Logging;

namespace Paddock.Web.Identity;

/// <summary>What the console logs; event ids 6000 to 6999. Never a code, a token or a name.</summary>
internal static partial class Log
{
    [LoggerMessage(6001, LogLevel.Warning, "A sign-in by the identity provider failed.")]
    public static partial void ProviderFailed(ILogger logger, Exception fault);
}
