using System.Data.Common;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Paddock.Core.Tasks;
using Paddock.Store.Coordination;
using Paddock.Store.Dialects;

namespace Paddock.Store.Tasks;

/// <summary>
/// Makes tasks and tallies of what became known. A task is made anew from all its facts, and its part in the tallies replaced, in one
/// transaction with the marks that asked for it: whatever fails or dies is done again, and done twice it changes nothing.
/// </summary>
internal sealed class TaskFolder(IDatabase database, [FromKeyedServices(Work.Tasks)] IWorkLease lease, TaskSources sources, TaskWriter writer, StoreOptions options, TimeProvider time, ILogger<TaskFolder> logger) : PeriodicLook(period, time)
{
    private static readonly TimeSpan period = TimeSpan.FromSeconds(1);

    /// <summary>Tasks written in one transaction at most.</summary>
    private const int TasksAtOnce = 200;

    /// <summary>How long a transaction may take: on SQLite all others wait for it, a tool call's intent too.</summary>
    private static readonly TimeSpan aim = TimeSpan.FromMilliseconds(20);

    /// <summary>Facts held in memory at once.</summary>
    private const int FactsAtOnce = 20_000;

    private const int TasksDueAtOnce = 2000;

    private readonly SemaphoreSlim folding = new(1, 1);
    private double pace = 10;

    public override async Task LookAsync(CancellationToken cancellationToken)
    {
        if (await lease.HoldAsync(cancellationToken))
        {
            var now = Time.GetUtcNow();
            if (await database.ReadAsync(session => TaskMarks.DueAsync(session, now.ToMicros(), TasksDueAtOnce), cancellationToken) is [_, ..] due)
            {
                await database.WriteAsync(session => TaskMarks.AddDueAsync(session, due), cancellationToken);
            }

            await FoldAllAsync(now.ToMicros(), cancellationToken);
        }
    }

    /// <summary>Folds all that is marked, and what that marks in turn; also tasks that were folded a moment ago.</summary>
    public Task FinishAsync(CancellationToken cancellationToken) => FoldAllAsync(long.MaxValue, cancellationToken);

    /// <summary>Folds one task, whatever else is marked.</summary>
    public async Task FoldAsync(string task, CancellationToken cancellationToken)
    {
        if (await database.ReadAsync(session => TaskMarks.OfAsync(session, task), cancellationToken) is [_, ..] marks)
        {
            await FoldAsync(marks, cancellationToken);
        }
    }

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
        var (marks, groups) = await database.ReadAsync(
            async session =>
            {
                var next = await TaskMarks.NextAsync(session, until, (int)pace);
                return (next.ToLookup(static mark => mark.Task, StringComparer.Ordinal), await TaskSources.SplitAsync(session, [.. next.Select(static mark => mark.Task).Distinct(StringComparer.Ordinal)], FactsAtOnce));
            },
            cancellationToken);
        foreach (var group in groups)
        {
            await FoldAsync([.. group.SelectMany(task => marks[task])], cancellationToken);
        }

        return groups.Count > 0;
    }

    private async Task FoldAsync(List<TaskMark> marks, CancellationToken cancellationToken)
    {
        var tasks = marks.Select(static mark => mark.Task).Distinct(StringComparer.Ordinal).ToList();
        try
        {
            var now = Time.GetUtcNow();
            var known = await database.ReadAsync(session => sources.ReadAsync(session, tasks, options.FactsSince(now)), cancellationToken);
            var folded = known.Values.Select(one => (one, Task: TaskFold.Of(one.Origin, one.Facts, options.Tasks, now, one.Past))).Where(static one => one.Task is not null).Select(static one => (one.one, one.Task!)).ToList();
            await database.WriteAsync(
                async session =>
                {
                    var began = Stopwatch.GetTimestamp();
                    await TaskMarks.TakeAsync(session, marks);
                    await writer.WriteAsync(session, folded, now);
                    Adapt(tasks.Count, Stopwatch.GetElapsedTime(began));
                    return true;
                },
                cancellationToken);
        }
        catch (MarksTakenException)
        {
            // What another process folded stands; what is marked since is read again.
        }
        catch (Exception fault) when (IsOfData(fault))
        {
            await FoldSinglyAsync(marks, tasks, fault, cancellationToken);
        }
    }

    /// <summary>Takes as many tasks at once as are written in the time aimed at, changing its pace by half at most.</summary>
    private void Adapt(int tasks, TimeSpan took)
    {
        var right = tasks * aim / (took < aim / 20 ? aim / 20 : took) * (lease.BlocksOthers ? 1 : 10);
        pace = tasks < (int)pace && right > pace ? pace : Math.Clamp(right, Math.Max(1, pace / 2), Math.Min(TasksAtOnce, pace * 1.5));
    }

    /// <summary>A task that cannot be folded must not keep the others; it is tried again when something more becomes known of it.</summary>
    private async Task FoldSinglyAsync(List<TaskMark> marks, List<string> tasks, Exception fault, CancellationToken cancellationToken)
    {
        if (tasks is [var only])
        {
            Log.TaskNotFolded(logger, fault, only);
            await database.WriteAsync(
                async session =>
                {
                    await TaskMarks.TakeAsync(session, marks);
                    return true;
                },
                cancellationToken);
            return;
        }

        foreach (var same in marks.GroupBy(static mark => mark.Task, StringComparer.Ordinal))
        {
            await FoldAsync([.. same], cancellationToken);
        }
    }

    /// <summary>Not the database's or anybody else's fault of the moment. Classes 22 and 23 of SQLSTATE: data that it does not take.</summary>
    private static bool IsOfData(Exception fault) => fault switch
    {
        OperationCanceledException or IOException or TimeoutException => false,
        DbException { SqlState: ['2', '2' or '3', ..] } => true,
        DbException => false,
        _ => true,
    };
}
