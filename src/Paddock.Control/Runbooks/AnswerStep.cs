using System.Text.Json.Serialization;
using Paddock.Core.Identity;
using Paddock.Core.Runbooks;

namespace Paddock.Control.Runbooks;

/// <param name="Yes">false = no: what the run did is taken back.</param>
/// <param name="Reason">One line of up to 500 characters.</param>
public sealed record AnswerInput([property: JsonRequired] bool Yes, string Reason);

/// <summary>Says yes or no to a step that waits.</summary>
public sealed class AnswerStep(IRuns runs, IIdentities identities, TimeProvider time)
{
    public async Task<Outcome<RunView>> RunAsync(Actor actor, string id, string step, AnswerInput input, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Operator))
        {
            return new Outcome<RunView>.Forbidden(ControlRoles.Operator);
        }

        if (!Names.IsLabel(input.Reason, 500))
        {
            return new Outcome<RunView>.Invalid("reason", "A reason is one line of 1 to 500 characters.");
        }

        if (await runs.FindAsync(id, cancellationToken) is not { } run)
        {
            return new Outcome<RunView>.NotFound(ShowRuns.Missing);
        }

        return RunMachine.Answered(run, step, input.Yes, actor.Id, input.Reason, time.GetUtcNow()) is { } move && await runs.KeepAsync(move, actor.Audited, cancellationToken)
            ? new Outcome<RunView>.Done(RunView.Of(move.Run, identities.Current))
            : new Outcome<RunView>.Conflict("This step waits for no answer; it may have been given, or its time is over.");
    }
}
