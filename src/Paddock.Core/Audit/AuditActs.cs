namespace Paddock.Core.Audit;

/// <summary>The acts there are; docs/audit.md says what stands in each.</summary>
public static class AuditActs
{
    /// <summary>A mutating tool call is about to be let go.</summary>
    public const string ToolIntent = "tool.intent";
    /// <summary>What the agent said came of it; <c>unknown</c> when it said nothing for a day.</summary>
    public const string ToolOutcome = "tool.outcome";
    /// <summary>A tool call was refused.</summary>
    public const string ToolDenied = "tool.denied";
    /// <summary>A tool call waits for somebody's yes.</summary>
    public const string ToolAsked = "tool.asked";

    /// <summary>A tool call that changes nothing was let go; only where a rule asks for it.</summary>
    public const string ToolAllowed = "tool.allowed";
    /// <summary>Messages that the model was given were kept, because of a tool call in its answer.</summary>
    public const string TaskMessages = "task.messages";
    /// <summary>Somebody or something else than the agent said of a task that its work is good, or is not.</summary>
    public const string TaskVerdict = "task.verdict";

    public const string PrincipalCreated = "principal.created";
    public const string PrincipalChanged = "principal.changed";
    /// <summary>The installation forgot the name of a principal.</summary>
    public const string PrincipalErased = "principal.erased";
    /// <summary>Somebody signed in by an identity provider for the first time: who they are there.</summary>
    public const string PrincipalLinked = "principal.linked";
    public const string PasswordSet = "account.password_set";
    /// <summary>Too many wrong passwords.</summary>
    public const string AccountLocked = "account.locked";
    public const string KeyCreated = "key.created";
    public const string KeyRotated = "key.rotated";
    public const string KeyRevoked = "key.revoked";

    public const string ReleaseImported = "release.imported";
    public const string ReleaseActivated = "release.activated";
    /// <summary>Beside the activation, when it holds otherwise what was bound before.</summary>
    public const string EnforcementChanged = "release.enforcement_changed";
    /// <summary>A release was offered and not taken: it has faults, or whoever offered it may not.</summary>
    public const string ReleaseRejected = "release.rejected";

    /// <summary>With what happened behind it: <c>approval.requested</c>, <c>approval.approved</c>, …</summary>
    public const string Approval = "approval.";
    /// <summary>With what happened behind it: <c>containment.contained</c>, <c>containment.lifted</c>, <c>containment.expired</c>.</summary>
    public const string Containment = "containment.";

    /// <summary>With what happened behind it: <c>mitigation.begun</c>, <c>mitigation.ended</c>, <c>mitigation.expired</c>.</summary>
    public const string Mitigation = "mitigation.";

    /// <summary>With the move behind it: <c>run.began</c>, <c>run.step_doing</c>, <c>run.step_done</c>, <c>run.ended</c>, …</summary>
    public const string Run = "run.";
    /// <summary>A runbook was rehearsed.</summary>
    public const string DrillRun = "drill.run";

    public const string AlertFired = "alert.fired";
    public const string AlertResolved = "alert.resolved";
    /// <summary>Nobody is told of some alerts for a time: which, until when, why.</summary>
    public const string AlertSilenced = "alert.silenced";
    public const string SilenceEnded = "alert.silence_ended";

    /// <summary>With the kind of the timeline's entry behind it: <c>incident.opened</c>, <c>incident.eta</c>, <c>incident.closed</c>, …</summary>
    public const string Incident = "incident.";
    /// <summary>Whom incidents are given to when nothing else says it.</summary>
    public const string OnCallSet = "incident.on_call";

    public const string SignedIn = "session.signed_in";
    public const string SignedOut = "session.signed_out";
    /// <summary>Somebody showed the console no key or password that works; one entry per source and minute.</summary>
    public const string SignInRefused = "session.refused";

    /// <summary>The server started: with which version and settings.</summary>
    public const string ServerStarted = "server.started";
    public const string ServerStopped = "server.stopped";
    public const string BackupMade = "backup.made";
    public const string BackupRestored = "backup.restored";

    /// <summary>Entries can be written again: since when they could not, and how many that nobody waited for were lost.</summary>
    public const string Resumed = "audit.resumed";
    public const string BreakGlass = "audit.break_glass";
    public const string BreakGlassEnded = "audit.break_glass_ended";

    /// <summary>The first entry of each shard of the log: its number and origin, and the last log checkpoint of the one before.</summary>
    public const string ShardOpened = "audit.shard_opened";
    /// <summary>The last entry of a shard that was closed: why, and the next one's origin and key.</summary>
    public const string ShardClosed = "audit.shard_closed";

    /// <summary>Kept content was taken away.</summary>
    public const string Redacted = "audit.redacted";
    /// <summary>A data key was given up, and with it what it seals; the key is destroyed right after.</summary>
    public const string Shredded = "audit.shredded";
    /// <summary>Kept content was given out.</summary>
    public const string ContentRead = "audit.content_read";
    /// <summary>A legal hold was laid on kept content.</summary>
    public const string Held = "audit.held";
    public const string HoldEnded = "audit.hold_ended";

    /// <summary>The entries of a closed shard are about to be taken out of the database.</summary>
    public const string ShardArchived = "audit.shard_archived";
    /// <summary>A new key for the log was made; the open shard is closed next.</summary>
    public const string LogKeyRotated = "audit.key_rotated";
    /// <summary>The log had halted, and somebody decided to go on in a new shard.</summary>
    public const string RestartAsked = "audit.restart_asked";
    /// <summary>The first entry of a shard that does not continue the one before: what was signed last, as far as it is known.</summary>
    public const string LogRestarted = "audit.log_restarted";
}
