using Paddock.Core.Metrics;
using Paddock.Store.Dialects;

namespace Paddock.Store.Tasks;

/// <summary>How tasks stand to each other. A child may be folded before its parent; whoever comes later puts the other right by a mark.</summary>
internal sealed class TaskFamily(Session session)
{
    /// <summary>Deeper than any agent nests; a chain that is longer, or goes in a circle, ends where it is cut.</summary>
    private const int Deepest = 32;

    private readonly Dictionary<string, TaskRow> known = new(StringComparer.Ordinal);

    /// <summary>The same rows, each with the top-level task it is part of.</summary>
    public async Task<List<TaskRow>> PlaceAsync(List<TaskRow> rows)
    {
        rows.ForEach(row => known[row.Id] = row);
        await LoadAncestorsAsync(rows);
        var placed = rows.ConvertAll(row => row with { RootId = RootOf(row) });
        placed.ForEach(row => known[row.Id] = row);
        return placed;
    }

    /// <summary>The same rows, each with the cost of all tasks below it, if it is a top-level task. Those that are written now count as they are now.</summary>
    public async Task<List<TaskRow>> AddSubtasksAsync(List<TaskRow> rows)
    {
        var here = rows.Select(static row => row.Id).ToHashSet(StringComparer.Ordinal);
        var below = await session.ReadRowsAsync(
            $"SELECT id, root_id, cost_nano_usd FROM tasks WHERE parent_task IS NOT NULL AND root_id IN (SELECT id FROM {session.Dialect.Rows("id:t")}) AND root_id <> id",
            new { rows = RowsJson.OfIds(here) }, static row => (Id: row.GetString(0), Root: row.GetString(1), NanoUsd: row.GetInt64(2)));
        below.RemoveAll(one => here.Contains(one.Id));
        below.AddRange(rows.Where(static row => row.RootId != row.Id).Select(static row => (row.Id, row.RootId, row.CostNanoUsd)));
        var sums = below.GroupBy(static one => one.Root, StringComparer.Ordinal).ToDictionary(static same => same.Key, static same => same.Sum(static one => one.NanoUsd), StringComparer.Ordinal);
        return rows.ConvertAll(row => row with { SubtasksNanoUsd = sums.GetValueOrDefault(row.Id) });
    }

    /// <summary>Where the top-level task belongs that this one is part of; null when it is that itself.</summary>
    public async Task<MetricPlace?> RootPlaceAsync(TaskRow row)
    {
        if (row.RootId == row.Id)
        {
            return null;
        }

        if (!known.TryGetValue(row.RootId, out var root))
        {
            known[row.RootId] = root = (await TaskSql.RowsAsync(session, [row.RootId])).GetValueOrDefault(row.RootId) ?? row;
        }

        return root.Record().Task.Place;
    }

    /// <summary>Other tasks that these changes make wrong: roots whose subtasks cost more now, and tasks below one that belongs elsewhere now.</summary>
    public async Task<List<string>> ChangedAsync(List<TaskRow> rows, Dictionary<string, TaskRow> before)
    {
        var here = rows.Select(static row => row.Id).ToHashSet(StringComparer.Ordinal);
        var changed = new HashSet<string>(StringComparer.Ordinal);
        var parents = new List<string>();
        foreach (var row in rows)
        {
            var old = before.GetValueOrDefault(row.Id);
            if (old is null || old.RootId != row.RootId || !SamePlace(old, row))
            {
                parents.Add(row.Id);
            }

            if (row.RootId != row.Id && (old is null || old.CostNanoUsd != row.CostNanoUsd || old.RootId != row.RootId))
            {
                changed.Add(row.RootId);
                changed.Add(old?.RootId ?? row.RootId);
            }
        }

        changed.UnionWith(await session.ReadRowsAsync(
            $"""
            SELECT id FROM tasks WHERE parent_id IS NOT NULL AND parent_id IN (SELECT id FROM {session.Dialect.Rows("id:t")})
            UNION SELECT id FROM tasks WHERE parent_task IS NOT NULL AND root_id IN (SELECT id FROM {session.Dialect.Rows("id:t")})
            """, // of an OR, PostgreSQL reads all tasks there are
            new { rows = RowsJson.OfIds(parents) }, static row => row.GetString(0)));
        changed.RemoveWhere(id => here.Contains(id) && !NeedsAnotherFold(id, rows));
        return [.. changed];
    }

    /// <summary>A child that was folded in the same transaction knew its parent already; only where it was placed before its root was known it is wrong.</summary>
    private bool NeedsAnotherFold(string id, List<TaskRow> rows) => rows.Find(row => row.Id == id) is { } row && RootOf(row) != row.RootId;

    private static bool SamePlace(TaskRow old, TaskRow row) =>
        old.Mode == row.Mode && old.Repository == row.Repository && old.Provider == row.Provider && old.Model == row.Model && old.ReleaseDigest == row.ReleaseDigest && old.Teams == row.Teams;

    private async Task LoadAncestorsAsync(List<TaskRow> rows)
    {
        var wanted = rows.Select(static row => row.ParentId).OfType<string>().Where(id => !known.ContainsKey(id)).ToHashSet(StringComparer.Ordinal);
        for (var depth = 0; depth < Deepest && wanted.Count > 0; depth++)
        {
            var found = await TaskSql.RowsAsync(session, wanted);
            foreach (var row in found.Values)
            {
                known[row.Id] = row;
            }

            wanted = found.Values.Select(static row => row.ParentId).OfType<string>().Where(id => !known.ContainsKey(id)).ToHashSet(StringComparer.Ordinal);
        }
    }

    private string RootOf(TaskRow row)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { row.Id };
        var at = row;
        while (seen.Count < Deepest && at.ParentId is { } parent && known.TryGetValue(parent, out var next))
        {
            if (!seen.Add(parent))
            {
                return FirstOfCircle(next);
            }

            at = next;
        }

        return at.Id;
    }

    /// <summary>Of those that call each other parents: whoever asks, also from below the circle, it ends at the same one.</summary>
    private string FirstOfCircle(TaskRow one)
    {
        var first = one.Id;
        for (var at = known[one.ParentId!]; at.Id != one.Id; at = known[at.ParentId!]) // each was walked over before
        {
            first = string.CompareOrdinal(at.Id, first) < 0 ? at.Id : first;
        }

        return first;
    }
}
