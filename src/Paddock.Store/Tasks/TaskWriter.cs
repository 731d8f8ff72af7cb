using System.Collections.Immutable;
using Paddock.Core.Ledger;
using Paddock.Core.Metrics;
using Paddock.Core.Tasks;
using Paddock.Store.Dialects;

namespace Paddock.Store.Tasks;

/// <summary>Writes folded tasks: their rows, how they stand to each other, and their part in the tallies.</summary>
internal sealed class TaskWriter(MetricRules rules, StoreOptions options)
{
    public async Task<bool> WriteAsync(Session session, IReadOnlyList<(KnownTask Known, AgentTask Task)> folded, DateTimeOffset now)
    {
        if (folded.Count == 0)
        {
            return true;
        }

        var before = await TaskSql.RowsAsync(session, [.. folded.Select(static one => one.Task.Id)]);
        var family = new TaskFamily(session);
        var rows = await family.PlaceAsync([.. folded.Select(one => RowOf(one.Known, one.Task, before.GetValueOrDefault(one.Task.Id), now))]);
        rows = await family.AddSubtasksAsync(rows);

        var tallies = new TallyBook(now);
        for (var i = 0; i < rows.Count; i++)
        {
            var old = before.GetValueOrDefault(rows[i].Id);
            var counted = old is null ? [] : TallyDocument.Shares(old.Counted);
            var shares = Shares(folded[i].Task, rows[i], old is null ? null : counted, await family.RootPlaceAsync(rows[i]), now);
            tallies.Replace(counted, shares);
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

    /// <param name="counted">What of it stands in the tallies; null when it is new.</param>
    private ImmutableArray<TallyShare> Shares(AgentTask task, TaskRow row, ImmutableArray<TallyShare>? counted, MetricPlace? root, DateTimeOffset now)
    {
        var frozen = options.FactsSince(now); // what was counted of older hours stays as it was counted
        var withoutPerson = (counted ?? []).Where(static share => !share.ByPerson).Select(static share => (share.Hour, share.IsEnd)).ToHashSet();
        var fresh = TaskShares.Of(task, root, row.RootId != row.Id, row.SubtasksNanoUsd)
            .Where(share => counted is null || share.IsEnd || share.Hour >= frozen)
            .Select(share => share with { ByPerson = rules.ByPerson && !withoutPerson.Contains((share.Hour, share.IsEnd)) }); // of what was before it was turned on, nothing
        return [.. (counted ?? []).Where(share => share.Hour < frozen && !share.IsEnd), .. fresh];
    }
}
