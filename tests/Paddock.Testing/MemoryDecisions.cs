using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Paddock.Core.Policies.Decisions;

namespace Paddock.Testing;

/// <summary>Decisions in memory, in the order they were handed in, for tests that look at what was recorded.</summary>
public sealed class MemoryDecisions : IDecisions
{
    private readonly Lock gate = new();
    private readonly List<StoredDecision> all = [];
    private readonly List<ResultNote> notes = [];

    /// <summary>When set, there is no room, as when the database is away for long.</summary>
    public bool Full { get; set; }

    public IReadOnlyList<StoredDecision> All
    {
        get
        {
            lock (gate)
            {
                return [.. all];
            }
        }
    }

    /// <summary>All results that were noted, in their order.</summary>
    public IReadOnlyList<ResultNote> Notes
    {
        get
        {
            lock (gate)
            {
                return [.. notes];
            }
        }
    }

    public bool TryAppend(StoredDecision decision)
    {
        lock (gate)
        {
            if (!Full)
            {
                all.Add(decision);
            }

            return !Full;
        }
    }

    public void NoteOutcome(string id, DecisionOutcome outcome, DateTimeOffset at) => Change(one => one.Id == id, one => one with { Outcome = outcome, OutcomeAt = at });

    public void NoteResult(ResultNote note)
    {
        lock (gate)
        {
            notes.Add(note);
        }

        Change(
            one => one.Result is null && (note.Decision is { } id ? one.Id == id : one.Principal == note.Principal && one.Task == note.Task && one.ToolCall == note.ToolCall),
            one => one with { Result = note.Result, ResultAt = note.At });
    }

    public Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<StoredDecision?> FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult(All.FirstOrDefault(one => one.Id == id));

    public Task<StoredDecision?> FindAsync(DecisionKey key, CancellationToken cancellationToken) => Task.FromResult(All.LastOrDefault(one =>
        one.Principal == key.Principal && (key.Task is null || one.Task == key.Task) && (key.NativeTask is null || one.NativeTask == key.NativeTask)
        && (key.ToolCall is null || one.ToolCall == key.ToolCall) && (key.Digest is null || one.Digest == key.Digest)));

    public Task<ImmutableArray<StoredDecision>> ListAsync(DecisionQuery query, CancellationToken cancellationToken) => Task.FromResult<ImmutableArray<StoredDecision>>(
        [.. All.Where(one => Fits(one, query)).Reverse().SkipWhile(one => query.Before is not null && one.Id != query.Before).Skip(query.Before is null ? 0 : 1).Take(query.Limit)]);

    public async IAsyncEnumerable<StoredDecision> ReadAsync(DecisionQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var one in All.Where(one => Fits(one, query)))
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            yield return one;
        }
    }

    private static bool Fits(StoredDecision one, DecisionQuery query) =>
        (query.Principal is null || one.Principal == query.Principal) && (query.Agent is null || one.Agent == query.Agent) && (query.Task is null || one.Task == query.Task)
        && (query.NativeTask is null || one.NativeTask == query.NativeTask) && (query.Tool is null || one.Tool == query.Tool) && (query.Class is null || one.Class == query.Class)
        && (query.Rule is null || one.Rule == query.Rule || one.ShadowRule == query.Rule || one.Warning == query.Rule) && (query.Effect is null || one.Effect == query.Effect)
        && (query.ReleaseDigest is null || one.ReleaseDigest == query.ReleaseDigest) && (query.Since is null || one.At >= query.Since) && (query.Until is null || one.At < query.Until);

    private void Change(Predicate<StoredDecision> which, Func<StoredDecision, StoredDecision> change)
    {
        lock (gate)
        {
            if (all.FindLastIndex(which) is >= 0 and var at)
            {
                all[at] = change(all[at]);
            }
        }
    }
}
