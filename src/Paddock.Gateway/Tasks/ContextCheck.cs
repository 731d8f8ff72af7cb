using Paddock.Core.Snapshot;
using Paddock.Core.Tasks;

namespace Paddock.Gateway.Tasks;

/// <summary>
/// Finds out how old the context of a call's task is, where a team profile says how old it may be. Counted from the first model call of the
/// task: that an agent has condensed its context it says itself alone, and that would make it younger than it is.
/// </summary>
internal sealed class ContextCheck(LiveTasks tasks, ISnapshots snapshots, IStaleTasks stale)
{
    public ValueTask PrepareAsync(Exchange exchange)
    {
        var principal = exchange.Caller!.Principal; // identified by now
        return exchange is { TaskId: { } task, Task.TaskDerived: false } && snapshots.For(principal.Id.Value, task).Profiles.Of(principal)?.Tasks is { ContextWithin: var within }
            ? LookAsync(exchange, task, within)
            : ValueTask.CompletedTask;
    }

    /// <summary>Waits for nothing while the task is known here.</summary>
    private async ValueTask LookAsync(Exchange exchange, string task, TimeSpan within)
    {
        var principal = exchange.Caller!.Principal.Id; // identified by now
        if (await tasks.BeganAtAsync(principal.Value, task) is not { } began)
        {
            return; // its first call, or nobody can tell
        }

        exchange.ContextAge = exchange.ReceivedAt - began;
        if (exchange.ContextAge > within)
        {
            stale.Note(new(task, principal, exchange.Task.Agent, exchange.Task.NativeTask, began, within));
        }
    }
}
