using Microsoft.Extensions.Logging;

namespace Paddock.Agents.RooCode.Settings;

/// <summary>What settings log. Event ids 6200 to 6299.</summary>
internal static partial class Log
{
    [LoggerMessage(6201, LogLevel.Warning, "A client could not be answered about settings; it keeps what it has, and asks again")]
    public static partial void SettingsNotMade(ILogger logger, Exception fault);
}
