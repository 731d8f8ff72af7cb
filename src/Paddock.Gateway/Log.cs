using Microsoft.Extensions.Logging;

namespace Paddock.Gateway;

/// <summary>What the data plane logs. Event ids 2000 to 2999; no payloads, no secrets, nothing above Debug per call that goes well.</summary>
internal static partial class Log
{
    [LoggerMessage(2001, LogLevel.Error, "Closing call {Call} failed; its row stays open and is closed as lost at the next start.")]
    public static partial void ClosingFailed(ILogger logger, Exception exception, string call);

    [LoggerMessage(2002, LogLevel.Warning, "Provider {Provider} gave no answer ({ErrorClass}): {Reason}")]
    public static partial void ProviderGaveNoAnswer(ILogger logger, string provider, string errorClass, string reason);

    [LoggerMessage(2003, LogLevel.Error, "A call to {Path} failed inside Paddock.")]
    public static partial void CallFailed(ILogger logger, Exception exception, string path);

    [LoggerMessage(2005, LogLevel.Error, "A provider's certificate files (authority {CaFile}, client {CertFile}) cannot be used: {Reason} Calls to it fail until a file changes.")]
    public static partial void ProviderFileUnusable(ILogger logger, string? caFile, string? certFile, string reason);

    [LoggerMessage(2004, LogLevel.Warning, "Listing the models of provider {Provider} failed with status {Status}; the price file's models are listed instead.")]
    public static partial void ModelListFailed(ILogger logger, string provider, int status);

    [LoggerMessage(2006, LogLevel.Error, "A credential of provider {Provider}, {Source}, is not used: it must be one line of printable ASCII.")]
    public static partial void CredentialUnusable(ILogger logger, string provider, string source);

    [LoggerMessage(2010, LogLevel.Information, "Decision {Decision}: {Effect} for a tool call of class {Class} by {Rule} (call {Call}).")]
    public static partial void ToolCallNotAllowed(ILogger logger, string decision, Core.Policies.Effect effect, Core.Tools.ToolClass @class, string rule, string call);

    [LoggerMessage(2011, LogLevel.Warning, "Decision {Decision}: a tool call of class {Class} could not be judged and was refused (call {Call}).")]
    public static partial void ToolCallNotEvaluated(ILogger logger, string decision, Core.Tools.ToolClass @class, string call);

    [LoggerMessage(2012, LogLevel.Information, "Decision {Decision}: a tool call of class {Class} was refused by containment {Containment} (call {Call}).")]
    public static partial void ToolCallContained(ILogger logger, string decision, Core.Tools.ToolClass @class, string containment, string call);

    [LoggerMessage(2013, LogLevel.Information, "Call {Call} was ended by containment {Containment}.")]
    public static partial void CallContained(ILogger logger, string call, string containment);

    [LoggerMessage(2015, LogLevel.Error, "Content was kept, and what the audit log is to say of it could not be handed in ({Reason}).")]
    public static partial void ContentNotNoted(ILogger logger, string reason);

    [LoggerMessage(2014, LogLevel.Warning, "What is kept of a task could not be recalled ({Reason}); until it can, conditions on it refuse.")]
    public static partial void TaskNotRecalled(ILogger logger, string reason);

    [LoggerMessage(2016, LogLevel.Warning, "The mode of a task could not be recalled ({Reason}); the call counts as one that says none.")]
    public static partial void ModeNotRecalled(ILogger logger, string reason);
}
