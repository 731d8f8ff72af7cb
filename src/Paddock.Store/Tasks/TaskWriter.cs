using System.Collections.Immutable;
using Paddock.Core.Ledger;
using Paddock.Core.Metrics;
using Paddock.Core.Tasks;
using Paddock.Store.Dialects;

namespace Paddock.Store.Tasks;

/// <summary>Writes folded tasks: their rows, how they stand to each other, and their part in the tallies.</summary>
internal sealed class TaskWriter(MetricRules rules, StoreOptions options)
{
    /// <summary>Facts are forgotten after a time. What was counted of hours that are so old stays as it was counted.</summary>
    private static readonly TimeSpan margin = TimeSpan.FromDays(1);

    public async Task<bool> WriteAsync(Session session, IReadOnlyList<(KnownTask Known, AgentTask Task)> folded, DateTimeOffset now)
    {
        if (folded.Count == 0)
        {
            return true;
        }

        var before = await TaskSql.RowsAsync(session, [.. folded.Select(static one => one.Task.Id)]);
        var tasks = folded.Select(one => Remembered(one.Task, before.GetValueOrDefault(one.Task.Id), now)).ToList();
        var family = new TaskFamily(session);
        var rows = await family.PlaceAsync([.. folded.Select((one, at) => RowOf(one.Known, tasks[at], before.GetValueOrDefault(one.Task.Id), now))]);
        rows = await family.AddSubtasksAsync(rows);

        var tallies = new TallyBook(rules.ByPerson, now);
        for (var i = 0; i < rows.Count; i++)
        {
            var old = before.GetValueOrDefault(rows[i].Id);
            var shares = Shares(tasks[i], rows[i], old, await family.RootPlaceAsync(rows[i]), now);
            tallies.Replace(old is null ? [] : TallyDocument.Shares(old.Counted), shares);
            rows[i] = rows[i] with { Counted = TallyDocument.Of(shares) };
        }

        await TaskSql.UpsertAsync(session, rows);
        await TallySql.WriteAsync(session, tallies);
        await TaskMarks.AddAsync(session, await family.ChangedAsync(rows, before));
        return true;
    }

    /// <summary>What was ever so stays so, also when the facts that said it are forgotten.</summary>
    private static TaskRow RowOf(KnownTask known, AgentTask task, TaskRow? old, DateTimeOffset now)
    {
        var row = TaskRow.Of(task, known, now) with { ParentId = task.ParentTask is { } parent ? TaskKey.Compute(known.Origin.Principal, known.Origin.Agent, parent) : null };
        row = row.ParentId == row.Id ? row with { ParentId = null, ParentTask = null } : row;
        return old is null ? row : row with { StartedAt = Math.Min(row.StartedAt, old.StartedAt), NativeTask = row.NativeTask ?? old.NativeTask, Counted = old.Counted };
    }

    /// <summary>Of a task that began before its facts are forgotten.</summary>
    private AgentTask Remembered(AgentTask task, TaskRow? old, DateTimeOffset now) => old is null || old.StartedAt.ToTime() >= Frozen(now) ? task : task with
    {
        EverClaimed = task.EverClaimed || old.EverClaimed,
        WasRestored = task.WasRestored || old.Restored,
        WasRevertedByCommand = task.WasRevertedByCommand || old.RevertedByCommand,
        WasRevertedByScm = task.WasRevertedByScm || old.RevertedByScm,
    };

    private ImmutableArray<TallyShare> Shares(AgentTask task, TaskRow row, TaskRow? old, MetricPlace? root, DateTimeOffset now)
    {
        var frozen = Frozen(now);
        var fresh = TaskShares.Of(task, root, row.RootId != row.Id, row.SubtasksNanoUsd);
        var kept = old is null ? [] : TallyDocument.Shares(old.Counted).Where(share => share.Hour < frozen && !share.IsEnd);
        return old is null ? fresh : [.. kept, .. fresh.Where(share => share.Hour >= frozen || share.IsEnd)];
    }

    private DateTimeOffset Frozen(DateTimeOffset now) => TallyShare.HourOf(now - options.KeepDecisions + (margin < options.KeepDecisions / 2 ? margin : options.KeepDecisions / 2));
}
