using System.Collections.Immutable;

namespace Paddock.Core.Policies.Decisions;

/// <summary>
/// The record of what was decided on tool calls and what came of it. Handing in is quick and never waits; the rows reach the database
/// within moments, in the order in which they were handed in. A kill of the process loses what had not reached it yet.
/// </summary>
public interface IDecisions
{
    /// <summary>Hands in a decision.</summary>
    /// <returns>False when there is no room, because the database has been away for long: what changes something must not be let go then.</returns>
    bool TryAppend(StoredDecision decision);

    /// <summary>Notes what became of a call that was held. What there is no room for is counted and lost.</summary>
    void NoteOutcome(string id, DecisionOutcome outcome, DateTimeOffset at);

    /// <summary>Notes what an agent made of a call. The first result of a decision stays; one without a decision is nobody's.</summary>
    void NoteResult(ResultNote note);

    /// <summary>Completes when everything handed in before is in the database.</summary>
    Task FlushAsync(CancellationToken cancellationToken);

    Task<StoredDecision?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>The newest decision on a call, for whoever is asked about the same call again.</summary>
    Task<StoredDecision?> FindAsync(DecisionKey key, CancellationToken cancellationToken);

    /// <summary>A page, newest first.</summary>
    Task<ImmutableArray<StoredDecision>> ListAsync(DecisionQuery query, CancellationToken cancellationToken);

    /// <summary>All that fit the query, oldest first, whatever its limit and place; read a page at a time.</summary>
    IAsyncEnumerable<StoredDecision> ReadAsync(DecisionQuery query, CancellationToken cancellationToken);
}

/// <summary>Which call is asked about. What is null is not looked at.</summary>
/// <param name="Principal">Principal id.</param>
/// <param name="Task">Paddock's task id.</param>
/// <param name="NativeTask">The agent's own session id.</param>
/// <param name="ToolCall">The provider's id of the call.</param>
/// <param name="Digest">As <see cref="StoredDecision.Digest"/>.</param>
public sealed record DecisionKey(string Principal, string? Task, string? NativeTask, string? ToolCall, string? Digest);
