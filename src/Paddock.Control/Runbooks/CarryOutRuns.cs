using Microsoft.Extensions.Logging;
using Paddock.Core.Incidents;
using Paddock.Core.Notifications;
using Paddock.Core.Runbooks;

namespace Paddock.Control.Runbooks;

/// <summary>Carries runs on, as far as they go now. Of all processes one does.</summary>
public sealed class CarryOutRuns
{
    /// <summary>More than any run has in one go: a machine that never waits would not end.</summary>
    private const int MostMoves = 500;

    private readonly IRuns runs;
    private readonly StepEffects effects;
    private readonly RunChecks checks;
    private readonly IIncidents incidents;
    private readonly INotifications notifications;
    private readonly TimeProvider time;
    private readonly ILogger<CarryOutRuns> logger;

    internal CarryOutRuns(IRuns runs, StepEffects effects, RunChecks checks, IIncidents incidents, INotifications notifications, TimeProvider time, ILogger<CarryOutRuns> logger) =>
        (this.runs, this.effects, this.checks, this.incidents, this.notifications, this.time, this.logger) = (runs, effects, checks, incidents, notifications, time, logger);

    /// <summary>One look at all that are not over.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (!await runs.HoldAsync(cancellationToken))
        {
            return;
        }

        foreach (var run in await runs.ListAsync(new() { Open = true, Limit = 1_000 }, cancellationToken))
        {
            try
            {
                await CarryOnAsync(run, cancellationToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                Log.RunNotCarriedOn(logger, run.Id, fault.Message); // the others go on; this one with the next look
            }
        }
    }

    private async Task CarryOnAsync(Run run, CancellationToken cancellationToken)
    {
        for (var moves = 0; moves < MostMoves; moves++)
        {
            var next = RunMachine.Next(run, time.GetUtcNow());
            var written = next switch
            {
                RunMove.Write write => write,
                RunMove.Work work => await WorkAsync(run, work, cancellationToken),
                RunMove.Escalate => await EscalateAsync(run, cancellationToken),
                _ => null,
            };
            if (written is null || !await runs.KeepAsync(written, StepEffects.Actor, cancellationToken))
            {
                return; // nothing to do now, or somebody else has changed it: the next look sees how it stands
            }

            run = written.Run;
            await NoteAsync(written, cancellationToken);
        }
    }

    private async Task<RunMove.Write> WorkAsync(Run run, RunMove.Work work, CancellationToken cancellationToken)
    {
        try
        {
            switch (work.Kind)
            {
                case StepWork.Ask:
                    var what = StepEffects.Plan(StepOrders.Of(run.Runbook.Steps[work.Step], run.Parameters));
                    await notifications.PostOnceAsync(RunNotices.Asked(run, work.Step, what, time.GetUtcNow()), $"{run.Id}/{run.Steps[work.Step].Id}/asked", cancellationToken);
                    return RunMachine.Asked(run, work.Step, time.GetUtcNow());
                case StepWork.Do:
                    var effect = await effects.DoAsync(run, work.Step, cancellationToken);
                    return RunMachine.Done(run, work.Step, effect.Before, effect.After, effect.Says, time.GetUtcNow());
                case StepWork.Undo:
                    return RunMachine.Undone(run, work.Step, await effects.UndoAsync(run, work.Step, cancellationToken));
                default:
                    return RunMachine.Looked(run, work.Step, await LookAtAsync(run, work.Step, cancellationToken), time.GetUtcNow());
            }
        }
        catch (StepException fault)
        {
            return RunMachine.Broke(run, work.Step, fault.Message, time.GetUtcNow());
        }
    }

    /// <summary>What it made must stand, and then be worth it.</summary>
    private async Task<CheckOutcome> LookAtAsync(Run run, int step, CancellationToken cancellationToken)
    {
        var stands = await effects.StandsAsync(run, step, cancellationToken);
        return stands.Verdict is Verdict.Good && run.Runbook.Steps[step].Verify is { } check
            ? await checks.LookAsync(check with { Of = check.Of is null ? null : StepOrders.Fill(check.Of, run.Parameters) }, cancellationToken)
            : stands;
    }

    private async Task<RunMove.Write> EscalateAsync(Run run, CancellationToken cancellationToken)
    {
        await notifications.PostOnceAsync(RunNotices.Failed(run, time.GetUtcNow()), $"{run.Id}/failed", cancellationToken);
        return RunMachine.Escalated(run, time.GetUtcNow());
    }

    /// <summary>The incident's timeline tells what people want to know of it; all of it is in the log.</summary>
    private async Task NoteAsync(RunMove.Write move, CancellationToken cancellationToken)
    {
        if (move.Run.Incident is not { } incident || RunWords.Of(move) is not { } words)
        {
            return;
        }

        await incidents.NoteAsync(incident, IncidentMachine.Note(IncidentEntryKind.Runbook, words, StepEffects.Actor.Id, time.GetUtcNow(), $"{move.Run.Id}/{move.Run.Revision}"), StepEffects.Actor, cancellationToken);
        if (move.What is "holding" && await incidents.FindAsync(incident, cancellationToken) is { } found
            && IncidentMachine.Apply(found, new IncidentCommand.Mitigate($"Runbook {move.Run.Runbook.Name} is verified."), StepEffects.Actor.Id, time.GetUtcNow()) is IncidentOutcome.Changed changed)
        {
            await incidents.KeepAsync(changed, StepEffects.Actor, cancellationToken);
        }
    }
}
