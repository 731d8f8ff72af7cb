using Microsoft.Extensions.Logging;

namespace Paddock.Web.Agents;

internal static partial class Log
{
    [LoggerMessage(6101, LogLevel.Warning, "Somebody's clients could not be read ({Reason}); their page is shown without.")]
    public static partial void ClientsNotRead(ILogger logger, string reason);
}
