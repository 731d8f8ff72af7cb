using Microsoft.Extensions.Logging;
using Paddock.Core.Audit;
using Paddock.Core.Audit.Tiles;
using Paddock.Core.Identity;

namespace Paddock.Control.Audit;

/// <param name="Reason">One line of up to 500 characters; stands in the log as it is.</param>
public sealed record LogCareInput(string Reason);

/// <param name="Reason">One line of up to 500 characters; stands in the log as it is.</param>
/// <param name="Root">Of the shard's last log checkpoint, as the archive has it; base64.</param>
public sealed record RemoveShardInput(string Reason, string Root);

/// <summary>How the log stands afterwards.</summary>
/// <param name="State">As this process sees it.</param>
/// <param name="Shard">That entries come into; 0 while it is not known.</param>
public sealed record LogCareView(string State, long Shard, string? Origin)
{
    internal static LogCareView Of(LogStatus status) => new(status.State.ToString().ToLowerInvariant(), status.Shard, status.Origin);
}

/// <summary>What the three have in common: the role, the reason, and the answers.</summary>
internal static class CareForLog
{
    public static async Task<Outcome<LogCareView>> RunAsync(Actor actor, string reason, ILogStatus status, Func<Task<LogCareResult>> ask)
    {
        if (!actor.May(ControlRoles.Operator))
        {
            return new Outcome<LogCareView>.Forbidden(ControlRoles.Operator);
        }

        if (!Names.IsLabel(reason, 500))
        {
            return new Outcome<LogCareView>.Invalid("reason", "A reason is one line of 1 to 500 characters.");
        }

        try
        {
            return Answer(await ask(), status);
        }
        catch (Exception fault) when (fault is SignerUnavailableException or AuditUnavailableException)
        {
            return new Outcome<LogCareView>.Conflict(fault.Message);
        }
    }

    private static Outcome<LogCareView> Answer(LogCareResult result, ILogStatus status) => result switch
    {
        LogCareResult.Done => new Outcome<LogCareView>.Done(LogCareView.Of(status.Current)),
        LogCareResult.NoShard => new Outcome<LogCareView>.NotFound("There is no such shard."),
        LogCareResult.NotHalted => new Outcome<LogCareView>.Conflict("The log is not halted; it goes on by itself."),
        LogCareResult.KeyFromElsewhere => new Outcome<LogCareView>.Conflict("The key comes from PADDOCK_AUDIT_KEY: put the new one first there, the old one behind it, and start again."),
        LogCareResult.StillOpen => new Outcome<LogCareView>.Conflict("Entries still come into this shard."),
        LogCareResult.TooYoung => new Outcome<LogCareView>.Conflict($"It was closed less than {ILogCare.KeepsClosed.TotalHours:F0} hours ago; what came of its last calls may still be on its way."),
        LogCareResult.OlderFirst => new Outcome<LogCareView>.Conflict("An older shard is still here; take that out first."),
        _ => new Outcome<LogCareView>.Conflict("What was archived is not this shard: its root is another."),
    };
}

/// <summary>Makes another signing key for the log.</summary>
public sealed class RotateLogKey(ILogCare care, ILogStatus status, ILogger<RotateLogKey> logger)
{
    public async Task<Outcome<LogCareView>> RunAsync(Actor actor, LogCareInput input, CancellationToken cancellationToken)
    {
        var outcome = await CareForLog.RunAsync(actor, input.Reason, status, () => care.RotateKeyAsync(actor.Audited, input.Reason, cancellationToken));
        if (outcome is Outcome<LogCareView>.Done)
        {
            Log.LogKeyRotated(logger, actor.Id, input.Reason);
        }

        return outcome;
    }
}

/// <summary>Goes on after the log has halted, in a new shard.</summary>
public sealed class RestartLog(ILogCare care, ILogStatus status, ILogger<RestartLog> logger)
{
    public async Task<Outcome<LogCareView>> RunAsync(Actor actor, LogCareInput input, CancellationToken cancellationToken)
    {
        var outcome = await CareForLog.RunAsync(actor, input.Reason, status, () => care.RestartAsync(actor.Audited, input.Reason, cancellationToken));
        if (outcome is Outcome<LogCareView>.Done)
        {
            Log.LogRestartAsked(logger, actor.Id, input.Reason);
        }

        return outcome;
    }
}

/// <summary>Takes an archived shard's entries out of the database.</summary>
public sealed class RemoveShard(ILogCare care, ILogStatus status, ILogger<RemoveShard> logger)
{
    public async Task<Outcome<LogCareView>> RunAsync(Actor actor, long shard, RemoveShardInput input, CancellationToken cancellationToken)
    {
        var outcome = await CareForLog.RunAsync(actor, input.Reason, status, () => care.RemoveAsync(shard, input.Root, actor.Audited, input.Reason, cancellationToken));
        if (outcome is Outcome<LogCareView>.Done)
        {
            Log.ShardRemoved(logger, actor.Id, shard, input.Reason);
        }

        return outcome;
    }
}
