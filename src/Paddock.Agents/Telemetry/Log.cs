using Microsoft.Extensions.Logging;

namespace Paddock.Agents.Telemetry;

/// <summary>What telemetry logs. Event ids 6400 to 6499; never what a record says.</summary>
internal static partial class Log
{
    [LoggerMessage(6401, LogLevel.Warning, "Telemetry of an agent could not be kept ({Reason}); its exporter sends it again")]
    public static partial void TelemetryNotKept(ILogger logger, string reason);
}
