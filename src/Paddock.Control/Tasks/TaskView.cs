using Paddock.Core.Identity;
using Paddock.Core.Tasks;

namespace Paddock.Control.Tasks;

/// <summary>A task as it is shown.</summary>
/// <param name="Session">The agent's own id of it.</param>
/// <param name="User">Whose it is.</param>
/// <param name="State">started, active, waiting_approval, waiting_person, claimed_complete, accepted, failed, cancelled, abandoned, stuck, timed_out or rolled_back.</param>
/// <param name="Source">Who says that it succeeded: agent_claim, user, ci or scm; null when it did not.</param>
/// <param name="Reason">Why it is in its state, where the state does not say all: an error class, silence, checks_failed, …</param>
/// <param name="LastAt">The last sign of it.</param>
/// <param name="EndedAt">When it counts as ended; null while it goes on.</param>
/// <param name="CycleSeconds">From its start to the last time that the agent said it is done.</param>
/// <param name="WaitedSeconds">The part of it in which it waited for people.</param>
/// <param name="Restored">A workspace checkpoint was restored.</param>
/// <param name="Parent">The task that began it; null for a top-level one.</param>
/// <param name="Root">The top-level task that it is part of; its own id for a top-level one.</param>
/// <param name="CostUsd">Of itself.</param>
/// <param name="SubtasksUsd">Of all tasks below it.</param>
/// <param name="WholeUsd">Both.</param>
/// <param name="CostReported">The cost is what the agent says: its model calls did not pass through Paddock.</param>
public sealed record TaskView(
    string Id, string? Session, string User, string Agent, IReadOnlyList<string> Teams, string? Mode, string? Provider, string? Model, string? Repository, string? Release,
    string State, string? Source, string? Reason, DateTimeOffset StartedAt, DateTimeOffset LastAt, DateTimeOffset? EndedAt, double? CycleSeconds, double WaitedSeconds,
    bool Restored, bool RevertedByCommand, bool RevertedByScm, string? Parent, string Root, int Turns, int ToolCalls, TodoCounts? Todos, decimal CostUsd, decimal SubtasksUsd, decimal WholeUsd, bool CostReported)
{
    internal static TaskView Of(TaskRecord record, IdentityDirectory directory)
    {
        var (task, place) = (record.Task, record.Task.Place);
        return new(
            task.Id, record.NativeTask, NameOf(record.Principal, directory), place.Agent, place.Teams, place.Mode, place.Provider, place.Model, place.Repository, place.Release,
            task.State.Name(), task.Source?.Name(), task.Reason, task.StartedAt, task.LastAt, task.EndedAt, task.Cycle?.TotalSeconds, task.Waited.TotalSeconds,
            task.WasRestored, task.WasRevertedByCommand, task.WasRevertedByScm, record.Parent, record.Root, task.Turns, task.ToolCalls, task.Todos, Usd(task.CostNanoUsd), Usd(record.SubtasksNanoUsd),
            Usd(record.WholeNanoUsd), task.IsCostReported);
    }

    internal static string NameOf(string principal, IdentityDirectory directory) => directory.Principals.FirstOrDefault(one => one.Id.Value == principal)?.Name ?? principal;

    internal static decimal Usd(long nano) => nano / 1_000_000_000m;
}

/// <summary>What somebody or something else than the agent says of a task.</summary>
/// <param name="Kind">accepted, rejected, checks_passed, checks_failed, merged or reverted.</param>
/// <param name="Source">user, ci or scm.</param>
/// <param name="By">Who says so.</param>
/// <param name="Url">Where it can be looked at.</param>
public sealed record VerdictView(string Id, DateTimeOffset At, string Kind, string Source, string By, string? Reason, string? Url)
{
    internal static VerdictView Of(TaskVerdict verdict, IdentityDirectory directory) =>
        new(verdict.Id, verdict.At, TaskWords.Of(verdict.Kind), verdict.Source.Name(), TaskView.NameOf(verdict.By, directory), verdict.Reason, verdict.Url);
}
