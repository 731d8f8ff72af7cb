using Paddock.Core.Identity;
using Paddock.Core.Tasks;

namespace Paddock.Control.Tasks;

/// <summary>A task with what is below it and what was said of it.</summary>
/// <param name="Subtasks">Those that it began, the newest sign first; at most 1,000.</param>
/// <param name="Verdicts">Oldest first.</param>
/// <param name="MayJudge">Whether the caller may accept or reject it.</param>
public sealed record TaskDetails(TaskView Task, IReadOnlyList<TaskView> Subtasks, IReadOnlyList<VerdictView> Verdicts, bool MayJudge);

/// <summary>Shows one task: one's own, or anybody's for those who read everything.</summary>
public sealed class ShowTask(ITasks tasks, IIdentities identities, TimeProvider time)
{
    private const int MostSubtasks = 1000;

    /// <param name="id">Paddock's task id.</param>
    public async Task<Outcome<TaskDetails>> RunAsync(Actor actor, string id, CancellationToken cancellationToken) =>
        await FindTask.ForAsync(actor, tasks, id, cancellationToken) is { } found
            ? new Outcome<TaskDetails>.Done(await DetailsAsync(actor, found, cancellationToken))
            : new Outcome<TaskDetails>.NotFound(TaskWords.Missing);

    internal async Task<TaskDetails> DetailsAsync(Actor actor, TaskRecord found, CancellationToken cancellationToken)
    {
        var directory = identities.Current;
        var subtasks = await tasks.ListAsync(new() { Parent = found.Task.Id, WithSubtasks = true, Limit = MostSubtasks }, cancellationToken);
        var verdicts = await tasks.VerdictsAsync(found.Task.Id, cancellationToken);
        return new(
            TaskView.Of(found, directory), [.. subtasks.Select(one => TaskView.Of(one, directory))], [.. verdicts.OrderBy(static one => one.At).Select(one => VerdictView.Of(one, directory))],
            JudgeTask.ObstacleOf(actor, found, directory, time.GetUtcNow()) is null);
    }
}
