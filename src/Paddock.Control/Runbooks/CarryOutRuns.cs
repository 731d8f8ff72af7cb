using Microsoft.Extensions.Logging;
using Paddock.Control.Incidents;
using Paddock.Core.Incidents;
using Paddock.Core.Notifications;
using Paddock.Core.Runbooks;

namespace Paddock.Control.Runbooks;

/// <summary>Carries runs on, as far as they go now. Of all processes one does.</summary>
public sealed class CarryOutRuns
{
    /// <summary>More than any run has in one go: a machine that never waits would not end.</summary>
    private const int MostMoves = 500;

    private const string Holding = "holding";

    private readonly IRuns runs;
    private readonly StepEffects effects;
    private readonly RunChecks checks;
    private readonly RunbookBook runbooks;
    private readonly IIncidents incidents;
    private readonly IncidentBook book;
    private readonly INotifications notifications;
    private readonly TimeProvider time;
    private readonly ILogger<CarryOutRuns> logger;

    /// <summary>Runs that hold and whose incident says so, as far as this process knows; the timeline knows it, too.</summary>
    private readonly HashSet<string> said = new(StringComparer.Ordinal);

    internal CarryOutRuns(IRuns runs, StepEffects effects, RunChecks checks, RunbookBook runbooks, IIncidents incidents, IncidentBook book, INotifications notifications, TimeProvider time, ILogger<CarryOutRuns> logger) =>
        (this.runs, this.effects, this.checks, this.runbooks, this.incidents, this.book, this.notifications, this.time, this.logger) = (runs, effects, checks, runbooks, incidents, book, notifications, time, logger);

    /// <summary>One look at all that are not over.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (!await runs.HoldAsync(cancellationToken))
        {
            return;
        }

        var open = await runs.ListAsync(new() { Open = true, Limit = 1_000 }, cancellationToken);
        said.IntersectWith(open.Select(static run => run.Id));
        foreach (var run in open)
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
        run = await TrustedAsync(run, cancellationToken);
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
            if (written is null)
            {
                await SayThatItHoldsAsync(run, cancellationToken);
                return;
            }

            if (!await runs.KeepAsync(written, StepEffects.Actor, cancellationToken))
            {
                await (next is RunMove.Work { Kind: StepWork.Do, Step: var step } ? TakeBackLateAsync(run.Id, step, cancellationToken) : Task.CompletedTask);
                return; // somebody else has changed it: the next look sees how it stands
            }

            run = written.Run;
            await NoteAsync(written, cancellationToken);
        }
    }

    /// <summary>What goes on unasked does so while its drill is verified, and no longer: then it asks as any other.</summary>
    private async Task<Run> TrustedAsync(Run run, CancellationToken cancellationToken) =>
        run is { State: RunState.Running, Mode: RunMode.Auto } ? run with { Mode = RunbookBook.ModeOf(await runbooks.BadgeAsync(run.Runbook, cancellationToken), auto: true) } : run;

    /// <summary>A step was done while somebody, or a process that took the runs over, had its run taken back: they looked before there was anything to take back.</summary>
    private async Task TakeBackLateAsync(string id, int step, CancellationToken cancellationToken)
    {
        if (await runs.FindAsync(id, cancellationToken) is { State: RunState.Undoing or RunState.Ended or RunState.Failed } run)
        {
            await effects.UndoAsync(run, step, cancellationToken);
        }
    }

    private async Task<RunMove.Write> WorkAsync(Run run, RunMove.Work work, CancellationToken cancellationToken)
    {
        try
        {
            switch (work.Kind)
            {
                case StepWork.Ask:
                    await notifications.PostOnceAsync(RunNotices.Asked(run, work.Step, time.GetUtcNow()), $"{run.Id}/{run.Steps[work.Step].Id}/asked", cancellationToken);
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
            if (work.Kind is StepWork.Undo && run.Steps[work.Step].Fails > 0)
            {
                await notifications.PostOnceAsync(RunNotices.Stuck(run, work.Step, fault.Message, time.GetUtcNow()), $"{run.Id}/{run.Steps[work.Step].Id}/stuck", cancellationToken);
            }

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
        if (move is { What: not Holding, Run.Incident: { } incident } && RunWords.Of(move) is { } words)
        {
            await incidents.NoteAsync(incident, NoteOf(move.Run, words), StepEffects.Actor, cancellationToken);
        }
    }

    /// <summary>An incident whose run holds is mitigated. The note comes last, so that whoever takes over from a process that ended does what that did not.</summary>
    private async Task SayThatItHoldsAsync(Run run, CancellationToken cancellationToken)
    {
        if (run is not { State: RunState.Holding, Incident: { } incident } || said.Contains(run.Id))
        {
            return;
        }

        var note = NoteOf(run, RunWords.Of(new RunMove.Write(run, Holding, null, ""))!); // it has words
        if (!(await incidents.TimelineAsync(incident, cancellationToken)).Any(entry => entry.Key == note.Key))
        {
            await book.ApplyAsync(incident, new IncidentCommand.Mitigate($"Runbook {run.Runbook.Name} is verified."), StepEffects.Actor, may: null, cancellationToken);
            await incidents.NoteAsync(incident, note, StepEffects.Actor, cancellationToken);
        }

        said.Add(run.Id);
    }

    private IncidentEntry NoteOf(Run run, string words) => IncidentMachine.Note(IncidentEntryKind.Runbook, words, StepEffects.Actor.Id, time.GetUtcNow(), $"{run.Id}/{run.Revision}");
}
