using Paddock.Core.Identity;
using Paddock.Core.Runbooks;

namespace Paddock.Control.Runbooks;

/// <param name="Reason">One line of up to 500 characters.</param>
public sealed record UndoInput(string Reason);

/// <summary>Has a run taken back: the last step first.</summary>
public sealed class UndoRun(IRuns runs, IIdentities identities)
{
    public async Task<Outcome<RunView>> RunAsync(Actor actor, string id, UndoInput input, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Operator))
        {
            return new Outcome<RunView>.Forbidden(ControlRoles.Operator);
        }

        if (!Names.IsLabel(input.Reason, 500))
        {
            return new Outcome<RunView>.Invalid("reason", "A reason is one line of 1 to 500 characters.");
        }

        for (var tries = 0; tries < 5; tries++)
        {
            if (await runs.FindAsync(id, cancellationToken) is not { } run)
            {
                return new Outcome<RunView>.NotFound(ShowRuns.Missing);
            }

            if (RunMachine.Undo(run, input.Reason) is not { } move)
            {
                return new Outcome<RunView>.Conflict("This run is being undone, or is over.");
            }

            if (await runs.KeepAsync(move, actor.Audited, cancellationToken))
            {
                return new Outcome<RunView>.Done(RunView.Of(move.Run, identities.Current));
            }
        }

        return new Outcome<RunView>.Conflict("The run goes on all the time; ask again.");
    }
}
