using Microsoft.Extensions.Logging;
using Paddock.Control.Approvals;
using Paddock.Core.Audit;
using Paddock.Core.Identity;
using Paddock.Core.Tasks;

namespace Paddock.Control.Tasks;

/// <param name="Kind">accepted or rejected.</param>
/// <param name="Reason">Kept with it; up to 2,000 characters.</param>
public sealed record JudgeInput(string Kind, string? Reason = null);

/// <summary>
/// Says of a task that its work is good, or that it is not: the person whose it is, or an operator. Agents do not judge their own work:
/// what comes with a key that an agent may hold is no person's word.
/// </summary>
public sealed class JudgeTask(ITasks tasks, ShowTask show, IIdentities identities, TimeProvider time, ILogger<JudgeTask> logger)
{
    private const int LongestReason = 2_000;

    /// <param name="id">Paddock's task id.</param>
    public async Task<Outcome<TaskDetails>> RunAsync(Actor actor, string id, JudgeInput input, CancellationToken cancellationToken)
    {
        var (found, now) = (await tasks.FindAsync(id, cancellationToken), time.GetUtcNow());
        var maySee = found?.Principal == actor.Id || actor.May(ControlRoles.Operator);
        if (!maySee && actor.May(ControlRoles.Viewer))
        {
            return new Outcome<TaskDetails>.Forbidden(ControlRoles.Operator);
        }

        if (found is null || !maySee)
        {
            return new Outcome<TaskDetails>.NotFound(TaskWords.Missing);
        }

        if (ObstacleOf(actor, found, identities.Current, now) is { } obstacle)
        {
            return new Outcome<TaskDetails>.NotAllowed(obstacle);
        }

        VerdictKind? kind = input.Kind switch { "accepted" => VerdictKind.Accepted, "rejected" => VerdictKind.Rejected, _ => null };
        return kind is not { } said ? new Outcome<TaskDetails>.Invalid("kind", "kind is none of accepted, rejected.")
            : input.Reason is { Length: > LongestReason } ? new Outcome<TaskDetails>.Invalid("reason", $"A reason has at most {LongestReason} characters.")
            : new Outcome<TaskDetails>.Done(await JudgeAsync(actor, found, said, string.IsNullOrWhiteSpace(input.Reason) ? null : input.Reason.Trim(), now, cancellationToken));
    }

    /// <summary>Why the caller may not judge a task that they see; null when they may.</summary>
    internal static string? ObstacleOf(Actor actor, TaskRecord task, IdentityDirectory directory, DateTimeOffset now) =>
        task.Principal != actor.Id && !actor.May(ControlRoles.Operator) ? "Only whose task it is, and operators, judge it."
        : Voter.Of(actor, directory, now, out var obstacle) is null ? obstacle
        : null;

    private async Task<TaskDetails> JudgeAsync(Actor actor, TaskRecord found, VerdictKind kind, string? reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var at = now < found.Task.LastAt ? found.Task.LastAt : now; // it is about what was seen, whatever the clock of who saw it
        var verdict = new TaskVerdict { Id = $"ver_{Guid.CreateVersion7(now):N}", Task = found.Task.Id, At = at, Kind = kind, Source = SuccessSource.User, By = actor.Id, Reason = reason };
        await tasks.AddVerdictAsync(verdict, EntryOf(verdict, actor), cancellationToken);
        await tasks.FoldAsync(found.Task.Id, cancellationToken);
        Log.TaskJudged(logger, found.Task.Id, TaskWords.Of(kind), actor.Id);
        return await show.DetailsAsync(actor, await tasks.FindAsync(found.Task.Id, cancellationToken) ?? found, cancellationToken);
    }

    private static AuditEvent EntryOf(TaskVerdict verdict, Actor actor) => new()
    {
        Act = AuditActs.TaskVerdict,
        Actor = actor.Audited,
        Ref = verdict.Task,
        Facts =
        [
            AuditFact.Of("verdict", verdict.Id), AuditFact.Of("kind", TaskWords.Of(verdict.Kind)), AuditFact.Of("source", verdict.Source.Name()),
            .. verdict.Reason is { } reason ? new[] { AuditFact.Sealed("reason", reason) } : [],
        ],
    };
}
