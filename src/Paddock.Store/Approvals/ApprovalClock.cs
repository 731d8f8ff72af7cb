using Microsoft.Extensions.Logging;
using Paddock.Core.Approvals;
using Paddock.Core.Audit;
using Paddock.Store.Audit;
using Paddock.Store.Coordination;
using Paddock.Store.Dialects;

namespace Paddock.Store.Approvals;

/// <summary>Writes down what time does to approvals, and looks after those who wait where a notice may have been lost.</summary>
internal sealed class ApprovalClock(RecordedDatabase database, ApprovalChanges changes, ApprovalSignals signals, IPresence presence, TimeProvider time, ILogger<ApprovalClock> logger)
    : PeriodicLook(TimeSpan.FromSeconds(1), time)
{
    private const int AtOnce = 200;

    public override async Task LookAsync(CancellationToken cancellationToken)
    {
        foreach (var id in await DueAsync(cancellationToken))
        {
            await changes.ApplyAsync(ApprovalId.Parse(id), AuditActor.Clock, (_, _) => Task.FromResult<ApprovalCommand?>(new ApprovalCommand.Lapse()), also: null, cancellationToken);
        }

        foreach (var ids in presence.IsShared ? signals.Awaited.Chunk(AtOnce) : [])
        {
            foreach (var id in await DecidedAsync(ids, cancellationToken))
            {
                signals.Raise(id);
            }
        }
    }

    protected override void TellOf(Exception fault) => Log.NotLooked(logger, fault.Message);

    private Task<List<string>> DueAsync(CancellationToken cancellationToken) => database.ReadAsync(
        session => session.QueryAsync<string>(
            "SELECT id FROM approvals WHERE state IN ('pending', 'approved') AND due_at <= @Now ORDER BY due_at LIMIT @AtOnce", new { Now = Time.GetUtcNow().ToMicros(), AtOnce }),
        cancellationToken);

    private Task<List<string>> DecidedAsync(string[] ids, CancellationToken cancellationToken) =>
        database.ReadAsync(session => session.QueryAsync<string>($"SELECT id FROM approvals WHERE {session.Dialect.AmongIds("id")} AND state <> 'pending'", new { ids }), cancellationToken);
}
