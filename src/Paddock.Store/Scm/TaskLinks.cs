using System.Collections.Immutable;
using Paddock.Core.Scm;
using Paddock.Store.Dialects;
using Paddock.Store.Tasks;

namespace Paddock.Store.Scm;

/// <summary>Links of commits and change requests to tasks, as rows.</summary>
internal sealed class TaskLinks(IDatabase database) : ITaskLinks
{
    private const int ShortestHash = 7;

    /// <summary>Changes that wait longer for their checks or their merge are no news of the task.</summary>
    private static readonly TimeSpan keep = TimeSpan.FromDays(90);

    public Task AddAsync(IReadOnlyCollection<TaskLink> links, CancellationToken cancellationToken) => database.WriteAsync(session => AddAsync(session, links), cancellationToken);

    public Task<ImmutableArray<string>> FindAsync(IReadOnlyCollection<string> refs, CancellationToken cancellationToken) => database.ReadAsync(session => FindAsync(session, refs), cancellationToken);

    /// <returns>How many were new.</returns>
    public static Task<int> AddAsync(Session session, IReadOnlyCollection<TaskLink> links) => links.Count == 0 ? Task.FromResult(0) : session.ExecuteAsync(
        $"INSERT INTO task_links (ref, task_id, at) SELECT ref, task_id, at FROM {session.Dialect.Rows("ref:t task_id:t at:i")} WHERE true ON CONFLICT (ref, task_id) DO NOTHING",
        new
        {
            rows = RowsJson.Of(links, static (json, link) =>
            {
                json.WriteString("ref", link.Ref);
                json.WriteString("task_id", link.Task);
                json.WriteNumber("at", link.At.ToMicros());
            }),
        });

    /// <summary>Removes what nobody will ask for any more.</summary>
    public static Task<int> ForgetAsync(Session session, DateTimeOffset now) => session.ExecuteAsync("DELETE FROM task_links WHERE at < @Before", new { Before = (now - keep).ToMicros() });

    private static async Task<ImmutableArray<string>> FindAsync(Session session, IReadOnlyCollection<string> refs)
    {
        var names = refs.SelectMany(static one => NamesOf(one), static (whole, name) => (whole, name)).ToList();
        var found = await session.ReadRowsAsync(
            $"SELECT ref, task_id, at FROM task_links WHERE ref IN (SELECT id FROM {session.Dialect.Rows("id:t")})",
            new { rows = RowsJson.OfIds(names.Select(static one => one.name).Distinct(StringComparer.Ordinal)) }, static row => (Ref: row.GetString(0), Task: row.GetString(1), At: row.GetInt64(2)));
        return
        [
            .. names.Join(found, static one => one.name, static row => row.Ref, static (one, row) => (one.whole, row), StringComparer.Ordinal)
                .GroupBy(static one => one.whole, StringComparer.Ordinal)
                .SelectMany(static same => same.Key.Contains('#', StringComparison.Ordinal) ? same.Select(static one => one.row.Task) : [same.OrderBy(static one => one.row.At).ThenBy(static one => one.row.Task, StringComparer.Ordinal).First().row.Task])
                .Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>A commit may be known by the beginning of its hash.</summary>
    private static IEnumerable<string> NamesOf(string one) => CommitMarks.Hash(one) is { } hash ? Enumerable.Range(ShortestHash, hash.Length - ShortestHash + 1).Select(length => hash[..length]) : [one];
}
