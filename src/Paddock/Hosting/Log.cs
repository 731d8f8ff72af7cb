using Microsoft.Extensions.Logging;

namespace Paddock.Hosting;

/// <summary>What the host logs. Event ids 5000 to 5999.</summary>
internal static partial class Log
{
    [LoggerMessage(5001, LogLevel.Warning, "The release directory cannot be taken as it is ({Count} faults); what was in force stays.\n{Faults}")]
    public static partial void ReleaseRejected(ILogger logger, int count, string faults);

    [LoggerMessage(5002, LogLevel.Warning, "The release directory {Directory} could not be taken in ({Reason}); what was in force stays.")]
    public static partial void ReleaseUnreadable(ILogger logger, string directory, string reason);

    [LoggerMessage(5003, LogLevel.Warning, "The ledger's records did not reach the database within {Patience}; budgets begin with what is known there.")]
    public static partial void LedgerBehind(ILogger logger, TimeSpan patience);

    [LoggerMessage(5101, LogLevel.Information, "The certificate {File} was taken; it ends at {End}.")]
    public static partial void CertificateTaken(ILogger logger, string file, DateTime end);

    [LoggerMessage(5102, LogLevel.Error, "The certificate {File} changed and cannot be used ({Reason}); the one before serves on.")]
    public static partial void CertificateBroken(ILogger logger, string file, string reason);

    [LoggerMessage(5103, LogLevel.Error, "The endpoint {Endpoint} does not say who may reach it; it was refused.")]
    public static partial void EndpointClosed(ILogger logger, string? endpoint);

    [LoggerMessage(5104, LogLevel.Warning, "Listening on {Url}, but requests may only name loopback hosts: say with --hosts by which names it is reached.")]
    public static partial void NoHosts(ILogger logger, string url);

    [LoggerMessage(5201, LogLevel.Information, "An administrator's key was made and written to {File}.")]
    public static partial void AdminKeyMade(ILogger logger, string file);

    [LoggerMessage(5202, LogLevel.Information, "Stopped: streams have drained, every record is written.")]
    public static partial void Stopped(ILogger logger);
}
