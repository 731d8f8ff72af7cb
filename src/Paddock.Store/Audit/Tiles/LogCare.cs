using Paddock.Core.Audit;
using Paddock.Core.Audit.Tiles;
using Paddock.Store.Dialects;

namespace Paddock.Store.Audit.Tiles;

/// <summary>What operators ask of the log, each with its entry. Who signs is another process, perhaps: it finds in the database what was asked.</summary>
internal sealed class LogCare(RecordedDatabase database, IAuditLog audit, ILogSigner signer, ILastSigned lastSigned, LogSequencer sequencer, ShardRemoval removal, TimeProvider time) : ILogCare
{
    public async Task<LogCareResult> RotateKeyAsync(AuditActor by, string reason, CancellationToken cancellationToken)
    {
        if (!signer.MakesKeys)
        {
            return LogCareResult.KeyFromElsewhere;
        }

        await audit.AppendAsync(new() { Act = AuditActs.LogKeyRotated, Actor = by, Facts = [AuditFact.Of("reason", reason)] }, cancellationToken);
        await signer.RotateAsync(cancellationToken);
        return LogCareResult.Done;
    }

    public async Task<LogCareResult> RestartAsync(AuditActor by, string reason, CancellationToken cancellationToken)
    {
        var isLost = IsFileGone() && await sequencer.RunAsync(cancellationToken) is LogRound.Failed or LogRound.Halted; // else it is signed, here or by another process
        var asked = await database.ChangeAsync(session => AskAsync(session, by, reason, isLost), cancellationToken);
        if (asked)
        {
            await sequencer.RunAsync(cancellationToken); // where another process has the lease, that one finds it
        }

        return asked ? LogCareResult.Done : LogCareResult.NotHalted;
    }

    public Task<LogCareResult> RemoveAsync(long shard, string root, AuditActor by, string reason, CancellationToken cancellationToken) => removal.RunAsync(shard, root, by, reason, cancellationToken);

    private async Task<Recorded<bool>> AskAsync(Session session, AuditActor by, string reason, bool isLost)
    {
        var now = time.GetUtcNow().ToMicros();
        if (await HaltRow.OpenAsync(session) is null && isLost && await IsBegunAsync(session))
        {
            await HaltRow.KeepAsync(session, "keys/audit.signed is missing: what was signed last is not known.", now);
        }

        if (await HaltRow.OpenAsync(session) is not { } halt)
        {
            return Recorded.Of(false);
        }

        await halt.AskAsync(session, by.Id, reason, now);
        return Recorded.Of(true, new AuditEvent { Act = AuditActs.RestartAsked, Actor = by, Facts = [AuditFact.Of("reason", reason), AuditFact.Of("problem", halt.Problem)] });
    }

    /// <summary>Whether something of the newest shard may have been signed: without the file of what it was, the log is as good as halted.</summary>
    private static async Task<bool> IsBegunAsync(Session session) =>
        await ShardRow.NewestAsync(session) is { } newest && !(newest.Halt is not null && await CheckpointRow.NewestAsync(session, newest.Number) is null);

    private bool IsFileGone()
    {
        try
        {
            return lastSigned.Read() is null;
        }
        catch (SignerUnavailableException)
        {
            return true;
        }
    }
}
