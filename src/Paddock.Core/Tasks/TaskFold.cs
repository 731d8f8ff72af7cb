using Paddock.Core.Metrics;

namespace Paddock.Core.Tasks;

/// <summary>Makes a task of its facts. Pure: the same set of facts, in whatever order and however often each, gives the same task.</summary>
public static class TaskFold
{
    /// <param name="facts">Of this task alone.</param>
    /// <param name="source">Whose task it is.</param>
    /// <param name="now">Silence lasts until this moment.</param>
    /// <param name="past">What it had come to, when facts of it may be forgotten; else null.</param>
    /// <returns>Null when there are no facts.</returns>
    public static AgentTask? Of(TaskOrigin source, IEnumerable<TaskFact> facts, FoldRules rules, DateTimeOffset now, TaskPast? past = null)
    {
        var sorted = new SortedFacts(facts);
        if (sorted.IsEmpty && past is null)
        {
            return null;
        }

        var machine = TaskMachine.Run(new TaskMoments(sorted, source.ClaimsByTool).InOrder(), rules, now, past);
        var started = StartOf(sorted, past);
        var places = new TaskPlaces(source, sorted, past?.Task.Place);
        var task = Folded(source, sorted, machine, started, places);
        return past is null ? task : Remembering(task, past.Task);
    }

    private static AgentTask Folded(TaskOrigin source, SortedFacts sorted, TaskMachine machine, DateTimeOffset started, TaskPlaces places) =>
        new()
        {
            Id = source.Task,
            State = machine.State,
            Source = machine.Source,
            Reason = machine.Reason,
            StartedAt = started,
            LastAt = machine.LastAt == default ? started : machine.LastAt,
            EndedAt = machine.EndedAt,
            DueAt = machine.DueAt,
            Cycle = machine.ClaimedAt is { } claimed ? claimed - started : null,
            Waited = machine.ClaimedAt is { } until ? machine.WaitedUntil(until) : TimeSpan.Zero,
            EverClaimed = machine.EverClaimed,
            WasRestored = machine.WasRestored || sorted.Events.Exists(static one => one is { IsUntimed: true, Signal.Kind: TaskSignalKind.Restored }), // at whatever time
            WasRevertedByCommand = machine.WasRevertedByCommand,
            WasRevertedByScm = machine.WasRevertedByScm,
            ParentTask = ParentOf(sorted),
            Place = places.Whole,
            Turns = sorted.HasTurns ? sorted.Turns.Count : sorted.Events.Count(static one => one.Signal.Kind is TaskSignalKind.Turn),
            ToolCalls = sorted.CountCalls(),
            Todos = sorted.Events.FindLast(static one => one.Signal.Todos is not null)?.Signal.Todos,
            CostNanoUsd = sorted.HasTurns ? sorted.Turns.Sum(static turn => turn.CostNanoUsd) : sorted.Events.Sum(static one => one.Signal.CostNanoUsd ?? 0),
            IsCostReported = !sorted.HasTurns,
            Shares = TaskShares.Running(sorted, places),
        };

    /// <summary>Counts of what is forgotten are at least what they were.</summary>
    private static AgentTask Remembering(AgentTask task, AgentTask past) => task with
    {
        ParentTask = task.ParentTask ?? past.ParentTask,
        Turns = Math.Max(task.Turns, past.Turns),
        ToolCalls = Math.Max(task.ToolCalls, past.ToolCalls),
        Todos = task.Todos ?? past.Todos,
        CostNanoUsd = task.IsCostReported == past.IsCostReported ? Math.Max(task.CostNanoUsd, past.CostNanoUsd) : task.CostNanoUsd,
    };

    /// <summary>A verdict begins nothing; where there is nothing else, it is all there is.</summary>
    private static DateTimeOffset StartOf(SortedFacts facts, TaskPast? past)
    {
        var times = facts.Turns.Select(static one => one.At).Concat(facts.Tools.Select(static one => one.At)).Concat(facts.Events.Select(static one => one.At)).ToList();
        times.AddRange(past is null ? [] : [past.Task.StartedAt]);
        return times.Count > 0 ? times.Min() : facts.Verdicts[0].At;
    }

    private static string? ParentOf(SortedFacts facts) =>
        facts.Turns.Find(static turn => turn.ParentTask is not null)?.ParentTask ?? facts.Events.Find(static one => one.ParentTask is not null)?.ParentTask;
}

/// <summary>Whose task it is, as verified.</summary>
/// <param name="Task">Paddock's task id.</param>
/// <param name="Principal">Principal id.</param>
/// <param name="Teams">The person's teams now: for tasks of which no model call says them.</param>
/// <param name="ClaimsByTool">Whether its agent says by a tool that it is done.</param>
public sealed record TaskOrigin(string Task, string Principal, string Agent, IReadOnlyList<string> Teams, bool ClaimsByTool);
