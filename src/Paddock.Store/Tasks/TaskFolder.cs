using Microsoft.Extensions.Logging;
using Paddock.Core.Tasks;
using Paddock.Store.Coordination;
using Paddock.Store.Dialects;

namespace Paddock.Store.Tasks;

/// <summary>
/// Makes tasks and tallies of what became known. A task is made anew from all its facts, and its part in the tallies replaced, in one
/// transaction with the marks that asked for it: whatever fails or dies is done again, and done twice it changes nothing.
/// </summary>
internal sealed class TaskFolder(IDatabase database, IFoldLease lease, TaskSources sources, TaskWriter writer, StoreOptions options, TimeProvider time, ILogger<TaskFolder> logger) : PeriodicLook(period, time)
{
    private static readonly TimeSpan period = TimeSpan.FromSeconds(1);

    /// <summary>Tasks written in one transaction, so that others get their turn: some tens of milliseconds.</summary>
    private const int TasksAtOnce = 200;

    private const int TasksDueAtOnce = 2000;

    private readonly SemaphoreSlim folding = new(1, 1);

    public override async Task LookAsync(CancellationToken cancellationToken)
    {
        if (await lease.HoldAsync(cancellationToken))
        {
            var now = Time.GetUtcNow();
            await database.WriteAsync(session => TaskMarks.DueAsync(session, now.ToMicros(), TasksDueAtOnce), cancellationToken);
            await FoldAllAsync(now.ToMicros(), cancellationToken);
        }
    }

    /// <summary>Folds all that is marked, and what that marks in turn; also tasks that were folded a moment ago.</summary>
    public Task FinishAsync(CancellationToken cancellationToken) => FoldAllAsync(long.MaxValue, cancellationToken);

    protected override void TellOf(Exception fault) => Log.TasksNotFolded(logger, fault.Message);

    private async Task FoldAllAsync(long until, CancellationToken cancellationToken)
    {
        await folding.WaitAsync(cancellationToken);
        try
        {
            while (await FoldSomeAsync(until, cancellationToken))
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            folding.Release();
        }
    }

    /// <returns>Whether there may be more.</returns>
    private async Task<bool> FoldSomeAsync(long until, CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        var (marks, known) = await database.ReadAsync(
            async session =>
            {
                var next = await TaskMarks.NextAsync(session, until, TasksAtOnce);
                return (next, await sources.ReadAsync(session, [.. next.Select(static mark => mark.Task).Distinct(StringComparer.Ordinal)]));
            },
            cancellationToken);
        if (marks.Count == 0)
        {
            return false;
        }

        var folded = known.Values.Select(one => (Known: one, Task: TaskFold.Of(one.Origin, one.Facts, options.Tasks, now))).Where(static one => one.Task is not null).Select(static one => (one.Known, one.Task!)).ToList();
        await WriteAsync(marks, folded, now, cancellationToken);
        return true;
    }

    private async Task WriteAsync(List<TaskMark> marks, List<(KnownTask, AgentTask)> folded, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            await database.WriteAsync(
                async session =>
                {
                    await TaskMarks.TakeAsync(session, marks);
                    return await writer.WriteAsync(session, folded, now);
                },
                cancellationToken);
        }
        catch (MarksTakenException)
        {
            // What it folded stands; what is marked since is read again.
        }
    }
}
