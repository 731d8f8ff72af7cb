using System.Globalization;
using Paddock.Core.Identity;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Tasks;

namespace Paddock.Control.Tasks;

/// <summary>Shows what happened in a task, a page at a time: turns, tool calls with decision, approval and result, what its client told, verdicts.</summary>
public sealed class ShowTimeline(ITasks tasks, TimelineFacts source, TimelineCalls calls, IIdentities identities)
{
    /// <param name="id">Paddock's task id.</param>
    /// <param name="before">The <see cref="TimelineView.Next"/> of the page before.</param>
    /// <param name="limit">1 to 500.</param>
    public async Task<Outcome<TimelineView>> RunAsync(Actor actor, string id, string? before, int limit, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > 500)
        {
            return new Outcome<TimelineView>.Invalid("limit", "A page has 1 to 500 entries.");
        }

        (DateTimeOffset At, int Shown)? place = null;
        if (before is not null && (place = PlaceOf(before)) is null)
        {
            return new Outcome<TimelineView>.Invalid("before", "This is no place in the timeline; it is the 'next' of the page before.");
        }

        return await FindTask.ForAsync(actor, tasks, id, cancellationToken) is { } task
            ? new Outcome<TimelineView>.Done(await PageAsync(actor, task, place, limit, cancellationToken))
            : new Outcome<TimelineView>.NotFound(TaskWords.Missing);
    }

    /// <param name="place">The millisecond at which the page before ended, and how many of that millisecond were shown.</param>
    private async Task<TimelineView> PageAsync(Actor actor, TaskRecord task, (DateTimeOffset At, int Shown)? place, int limit, CancellationToken cancellationToken)
    {
        var (facts, leftOut) = await source.ReadAsync(task, place?.At, limit + 1 + (place?.Shown ?? 0), cancellationToken);
        var rest = facts.Skip(place?.Shown ?? 0).Take(limit + 1).ToList();
        var page = rest.Take(limit).ToList();
        var drawn = await calls.DrawAsync(actor, task.Principal, [.. page.Select(static one => one.Decision).OfType<StoredDecision>()], cancellationToken);
        return new([.. page.Select(one => Draw(one, drawn))], rest.Count > limit ? NextOf(page, place) : null, leftOut);
    }

    private TimelineEntry Draw(TimelineFact fact, Dictionary<string, ToolCallView> drawn) => fact switch
    {
        { Turn: { } turn } => new(turn.Opening.At, "turn", Turn: TurnView.Of(turn)),
        { Decision: { } decision } => new(decision.At, "tool_call", ToolCall: drawn[decision.Id]),
        { Told: { } told } => new(told.Event.At, "event", Event: SignalView.Of(told.Event, told.Signal)),
        { Verdict: { } verdict } => new(verdict.At, "verdict", Verdict: VerdictView.Of(verdict, identities.Current)),
        _ => throw new InvalidOperationException("A fact is one of its kinds."),
    };

    private static string NextOf(List<TimelineFact> page, (DateTimeOffset At, int Shown)? place)
    {
        var last = page[^1].At;
        var shown = page.Count(one => one.At == last) + (place?.At == last ? place.Value.Shown : 0);
        return TaskCursor.Of(last, shown.ToString(CultureInfo.InvariantCulture));
    }

    private static (DateTimeOffset At, int Shown)? PlaceOf(string text) =>
        TaskCursor.Read(text) is { } place && int.TryParse(place.Tail, NumberStyles.None, CultureInfo.InvariantCulture, out var shown) && shown is > 0 and <= 100_000 ? (place.At, shown) : null;
}
