using Microsoft.Extensions.Logging;

namespace Paddock.Control;

/// <summary>What the control plane logs: every change, with who made it. Event ids 3000 to 3999; never a key, never a document's text.</summary>
internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Information, "Key {Prefix} ({Key}) was made for {Owner} by {Actor}.")]
    public static partial void KeyMade(ILogger logger, string prefix, string key, string owner, string actor);

    [LoggerMessage(3002, LogLevel.Information, "Key {Old} was replaced by {Prefix} ({Key}) by {Actor}; it ends at {End}.")]
    public static partial void KeyRotated(ILogger logger, string old, string prefix, string key, string actor, DateTimeOffset end);

    [LoggerMessage(3003, LogLevel.Information, "Key {Prefix} ({Key}) was revoked by {Actor}.")]
    public static partial void KeyRevoked(ILogger logger, string prefix, string key, string actor);

    [LoggerMessage(3004, LogLevel.Information, "Principal {Name} ({Principal}) was made by {Actor}.")]
    public static partial void PrincipalMade(ILogger logger, string name, string principal, string actor);

    [LoggerMessage(3005, LogLevel.Information, "Principal {Name} ({Principal}) was changed by {Actor}: disabled {Disabled}, {Teams} teams.")]
    public static partial void PrincipalChanged(ILogger logger, string name, string principal, string actor, bool disabled, int teams);

    [LoggerMessage(3006, LogLevel.Information, "The name of principal {Principal} was erased by {Actor}.")]
    public static partial void PrincipalErased(ILogger logger, string principal, string actor);

    [LoggerMessage(3007, LogLevel.Warning, "The account of {Principal} is locked until {Until} after {Failures} wrong passwords.")]
    public static partial void AccountLocked(ILogger logger, string principal, int failures, DateTimeOffset until);

    [LoggerMessage(3008, LogLevel.Information, "A link by which {Principal} chooses a password was made by {Actor}; it ends at {End}.")]
    public static partial void PersonInvited(ILogger logger, string principal, string actor, DateTimeOffset end);

    [LoggerMessage(3101, LogLevel.Information, "Release {Digest} ({Documents} documents) is in force, put there by {Actor}.")]
    public static partial void ReleaseInForce(ILogger logger, string digest, int documents, string actor);

    [LoggerMessage(3102, LogLevel.Information, "Release {Digest} was imported by {Actor}.")]
    public static partial void ReleaseImported(ILogger logger, string digest, string actor);

    [LoggerMessage(3103, LogLevel.Warning, "A release offered by {Actor} was refused for {Count} faults; what was in force stays.\n{Faults}")]
    public static partial void ReleaseRefused(ILogger logger, string actor, int count, string faults);

    [LoggerMessage(3104, LogLevel.Information, "Release {Digest} ({Documents} documents, from {Origin}) is in force again.")]
    public static partial void ReleaseResumed(ILogger logger, string digest, int documents, string origin);

    [LoggerMessage(3105, LogLevel.Warning, "Release {Digest}, put in force by {Actor}, binds otherwise: {Changes}.")]
    public static partial void EnforcementChanged(ILogger logger, string digest, string actor, string changes);

    [LoggerMessage(3201, LogLevel.Information, "A backup was taken by {Actor}.")]
    public static partial void BackedUp(ILogger logger, string actor);

    [LoggerMessage(3301, LogLevel.Information, "Approval {Approval}: {Vote} of {Actor}; it is {State}.")]
    public static partial void ApprovalVoted(ILogger logger, string approval, string vote, string actor, string state);

    [LoggerMessage(3302, LogLevel.Information, "Approval {Approval} was taken back by {Actor}.")]
    public static partial void ApprovalTakenBack(ILogger logger, string approval, string actor);

    [LoggerMessage(3401, LogLevel.Warning, "Containment {Containment} of {Selects} by {Actor} until {End}; {Calls} running calls match. {Reason}")]
    public static partial void Contained(ILogger logger, string containment, string selects, string actor, DateTimeOffset end, int calls, string reason);

    [LoggerMessage(3402, LogLevel.Warning, "Containment {Containment} of {Selects} was lifted by {Actor}. {Reason}")]
    public static partial void ContainmentLifted(ILogger logger, string containment, string selects, string actor, string reason);

    [LoggerMessage(3501, LogLevel.Critical, "The glass was broken by {Actor} until {Until}. {Reason}")]
    public static partial void GlassBroken(ILogger logger, string actor, DateTimeOffset? until, string reason);

    [LoggerMessage(3502, LogLevel.Warning, "Another key for the audit log was made by {Actor}. {Reason}")]
    public static partial void LogKeyRotated(ILogger logger, string actor, string reason);

    [LoggerMessage(3503, LogLevel.Warning, "{Actor} decided that the audit log goes on after its halt. {Reason}")]
    public static partial void LogRestartAsked(ILogger logger, string actor, string reason);

    [LoggerMessage(3504, LogLevel.Warning, "{Actor} took the entries of shard {Shard} out of the database. {Reason}")]
    public static partial void ShardRemoved(ILogger logger, string actor, long shard, string reason);

    [LoggerMessage(3511, LogLevel.Warning, "{Count} contents were redacted by {Actor}; {Held} are held.")]
    public static partial void ContentRedacted(ILogger logger, string actor, long count, long held);

    [LoggerMessage(3512, LogLevel.Warning, "The data key {Key} was given up by {Actor}.")]
    public static partial void KeyShredded(ILogger logger, string actor, string key);

    [LoggerMessage(3601, LogLevel.Information, "Task {Task} was {Verdict} by {Actor}.")]
    public static partial void TaskJudged(ILogger logger, string task, string verdict, string actor);

    [LoggerMessage(3602, LogLevel.Error, "A report of a source control or CI system could not be kept; it was asked to send it again.")]
    public static partial void ReportNotTaken(ILogger logger, Exception exception);

    [LoggerMessage(3651, LogLevel.Warning, "The alert rule {Rule} could not be judged; its alerts stay as they are. {Reason}")]
    public static partial void AlertRuleNotJudged(ILogger logger, string rule, string reason);

    [LoggerMessage(3671, LogLevel.Warning, "The run {Run} could not be carried on; the next look tries again. {Reason}")]
    public static partial void RunNotCarriedOn(ILogger logger, string run, string reason);

    [LoggerMessage(3672, LogLevel.Warning, "Run {Run} of runbook {Runbook} began, because of alert {Alert}.")]
    public static partial void RunBegan(ILogger logger, string run, string runbook, string alert);

    [LoggerMessage(3675, LogLevel.Warning, "Runbook {Runbook} could not be begun because of alert {Alert}; the next look tries again. {Reason}")]
    public static partial void RunNotBegun(ILogger logger, string runbook, string alert, string reason);

    [LoggerMessage(3673, LogLevel.Information, "The drill of runbook {Runbook} {Outcome}.")]
    public static partial void DrillRan(ILogger logger, string runbook, string outcome);

    [LoggerMessage(3674, LogLevel.Error, "The drill of runbook {Runbook} came to no result. {Reason}")]
    public static partial void DrillNotRun(ILogger logger, string runbook, string reason);

    [LoggerMessage(3901, LogLevel.Error, "A control request to {Path} failed.")]
    public static partial void RequestFailed(ILogger logger, Exception exception, string path);

    [LoggerMessage(3661, LogLevel.Information, "Incident {Incident} ({Severity}) was opened by {Actor}; {Owner} owns it.")]
    public static partial void IncidentOpened(ILogger logger, string incident, string severity, string owner, string actor);

    [LoggerMessage(3662, LogLevel.Information, "Incident {Incident}: {What}, by {Actor}.")]
    public static partial void IncidentChanged(ILogger logger, string incident, string what, string actor);

    [LoggerMessage(3663, LogLevel.Warning, "Nobody could be told of a change of incident {Incident} now; the next look at incidents does. {Reason}")]
    public static partial void IncidentNotTold(ILogger logger, string incident, string reason);
}
