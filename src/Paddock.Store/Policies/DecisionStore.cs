using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Scm;
using Paddock.Store.Audit;
using Paddock.Store.Dialects;
using Paddock.Store.Scm;

namespace Paddock.Store.Policies;

/// <summary>Decisions in the database.</summary>
internal sealed class DecisionStore(IDatabase database, DecisionQueue queue, EntryBook entries) : IDecisions
{
    private const int PageLength = 500;

    public bool TryAppend(StoredDecision decision) => queue.TryAdd(session => DecisionSql.AddAsync(session, decision));

    public void NoteOutcome(string id, DecisionOutcome outcome, DateTimeOffset at) => queue.TryAdd(session => DecisionSql.SetOutcomeAsync(session, id, outcome, at));

    public void NoteResult(ResultNote note) => queue.TryAdd(async session =>
    {
        if (note.Task is { } task)
        {
            await TaskLinks.AddAsync(session, [.. note.Commits.Select(commit => new TaskLink(commit, task, note.At))]);
        }

        if (await DecisionSql.SetResultAsync(session, note) is { } outcome)
        {
            await entries.AddAsync(session, outcome);
        }
    });

    public Task FlushAsync(CancellationToken cancellationToken) => queue.FlushAsync(cancellationToken);

    public Task<StoredDecision?> FindAsync(string id, CancellationToken cancellationToken) => database.ReadAsync(session => DecisionSql.FindAsync(session, id), cancellationToken);

    public Task<StoredDecision?> FindAsync(DecisionKey key, CancellationToken cancellationToken) => database.ReadAsync(session => DecisionSql.FindAsync(session, key), cancellationToken);

    public Task<ImmutableArray<StoredDecision>> ListAsync(DecisionQuery query, CancellationToken cancellationToken) => database.ReadAsync(session => DecisionSql.PageAsync(session, query), cancellationToken);

    public async IAsyncEnumerable<StoredDecision> ReadAsync(DecisionQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        StoredDecision? last = null;
        while (true)
        {
            var behind = last;
            var page = await database.ReadAsync(session => DecisionSql.AfterAsync(session, query, behind, PageLength), cancellationToken);
            foreach (var decision in page)
            {
                yield return last = decision;
            }

            if (page.Count < PageLength)
            {
                yield break;
            }
        }
    }
}
