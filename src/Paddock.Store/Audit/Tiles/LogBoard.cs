using System.Data.Common;
using Microsoft.Extensions.Logging;
using Paddock.Core.Audit.Tiles;
using Paddock.Core.Notifications;
using Paddock.Store.Dialects;

namespace Paddock.Store.Audit.Tiles;

/// <summary>Where the log's state is written up, and people are told when it changes for the worse or the better.</summary>
internal sealed class LogBoard(INotifications notifications, TimeProvider time, ILogger<LogBoard> logger) : ILogStatus
{
    private volatile LogStatus current = LogStatus.Unknown;

    public LogStatus Current => current;

    /// <summary>It is open, and signed here.</summary>
    public void Signs(OpenLog log) => Change(Of(LogState.Signing, log.Shard, log.Published));

    /// <summary>Another process signs.</summary>
    public void Follows(ShardRow? shard, CheckpointRow? newest) => Change(Of(LogState.Following, shard, newest));

    public void Failed(Exception fault) => Change(current with
    {
        State = fault is LogDamagedException ? LogState.Halted : LogState.Waiting,
        Problem = fault switch
        {
            LogDamagedException or SignerUnavailableException => fault.Message,
            DbException => "The database does not answer, or refuses.",
            _ => fault.GetType().Name, // the log of events has the rest
        },
    }, fault);

    private static LogStatus Of(LogState state, ShardRow? shard, CheckpointRow? newest) =>
        new() { State = state, Origin = shard?.Origin, Shard = shard?.Number ?? 0, Size = newest?.Size ?? 0, SignedAt = newest?.SignedAt.ToTime() };

    private void Change(LogStatus next, Exception? fault = null)
    {
        var before = current;
        current = next;
        if (next.Problem == before.Problem && next.State == before.State)
        {
            return;
        }

        if (next.State is LogState.Halted)
        {
            Log.Halted(logger, next.Problem ?? "");
            notifications.Post(LogNotices.Halted(time.GetUtcNow(), next));
        }
        else if (next.State is LogState.Waiting)
        {
            Log.NotSigned(logger, next.Problem ?? "", fault);
            notifications.Post(LogNotices.NotSigned(time.GetUtcNow(), next));
        }
        else if (before.Problem is not null)
        {
            Log.SignedAgain(logger);
            notifications.Post(LogNotices.SignedAgain(time.GetUtcNow(), next));
        }
    }
}
