namespace Paddock.Core.Runbooks;

/// <summary>
/// How a run goes from step to step. Says what comes next and what has come of it; does nothing itself. Whatever is about to be done is
/// written first, so that a process that takes a run over after a crash knows what may have happened.
/// </summary>
public static class RunMachine
{
    /// <summary>A second look in a row that does not find what must be so undoes the run; so does a second try in a row that breaks.</summary>
    private const int MostFails = 2;

    public static RunMove Next(Run run, DateTimeOffset now) => run.State switch
    {
        RunState.Running => Forward(run, now),
        RunState.Holding => now >= run.HoldUntil ? Back(run, "Its time is over.", isBroken: false) : new RunMove.Wait(),
        RunState.Undoing => Backward(run, now),
        _ => new RunMove.Wait(),
    };

    /// <summary>Somebody was told that an answer is waited for.</summary>
    public static RunMove.Write Asked(Run run, int step, DateTimeOffset now)
    {
        var deadline = StepOrders.Of(run.Runbook.Steps[step], run.Parameters) is StepOrder.Ask ask ? now + ask.Within : (DateTimeOffset?)null;
        return Of(run, step, "step_asked", "", one => one with { State = StepState.Waiting, NextAt = deadline });
    }

    /// <summary>Somebody has answered.</summary>
    /// <returns>Null when the step waits for no answer, or no more.</returns>
    public static RunMove.Write? Answered(Run run, string step, bool yes, string by, string reason, DateTimeOffset now)
    {
        var at = run.Steps.IndexOf(run.Steps.FirstOrDefault(one => one.Id == step)!);
        if (at < 0 || run.State is not RunState.Running || run.Steps[at].State is not StepState.Waiting || run.Steps[at].NextAt <= now)
        {
            return null;
        }

        var next = run.Runbook.Steps[at].Action is StepAction.Confirm ? StepState.Verified : StepState.Doing;
        return yes
            ? Of(run, at, "step_approved", reason, one => one with { State = next, AnsweredBy = by, NextAt = null })
            : Back(With(run, at, one => one with { State = StepState.Skipped, AnsweredBy = by }), reason.Length > 0 ? reason : "Somebody said no.", isBroken: false, what: "step_refused", step: run.Steps[at].Id);
    }

    public static RunMove.Write Done(Run run, int step, string? before, string? after, string says, DateTimeOffset now)
    {
        var check = run.Runbook.Steps[step].Verify;
        return Of(run, step, "step_done", says, one => one with { State = StepState.Done, DoneAt = now, NextAt = now + (check?.After ?? TimeSpan.Zero), Fails = 0, Before = before, After = after, Says = says });
    }

    public static RunMove.Write Looked(Run run, int step, CheckOutcome outcome, DateTimeOffset now)
    {
        var stands = run.Steps[step];
        var (fails, unknown) = (outcome.Verdict is Verdict.Bad ? stands.Fails + 1 : stands.Fails, outcome.Verdict is Verdict.Unknown ? stands.Unknown + 1 : stands.Unknown);
        if (outcome.Verdict is Verdict.Good)
        {
            return Of(run, step, "step_verified", outcome.Says, one => one with { State = StepState.Verified, NextAt = null, Says = one.Says.Length > 0 ? $"{one.Says}\n{outcome.Says}" : outcome.Says });
        }

        var again = run.Runbook.Steps[step].Verify?.Again ?? TimeSpan.FromSeconds(30);
        var next = With(run, step, one => one with { Fails = fails, Unknown = unknown, NextAt = now + again, Says = outcome.Says });
        return fails >= MostFails || unknown > Check.MostUnknown
            ? Back(next, $"Step '{stands.Id}' did not work: {outcome.Says}", isBroken: true, "step_failed", stands.Id)
            : new(Counted(next), "step_not_yet", stands.Id, outcome.Says);
    }

    /// <summary>Doing or undoing it broke.</summary>
    public static RunMove.Write Broke(Run run, int step, string says, DateTimeOffset now)
    {
        var stands = run.Steps[step];
        var next = With(run, step, one => one with { Fails = one.Fails + 1, NextAt = now + TimeSpan.FromSeconds(30), Says = says });
        return next.Steps[step].Fails >= MostFails && run.State is RunState.Running
            ? Back(next, $"Step '{stands.Id}' could not be done: {says}", isBroken: true, "step_failed", stands.Id)
            : new(Counted(next), "step_broke", stands.Id, says);
    }

    public static RunMove.Write Undone(Run run, int step, string says) => Of(run, step, "step_undone", says, one => one with { State = StepState.Undone, Says = says, NextAt = null });

    /// <returns>Null when there is nothing to undo any more.</returns>
    public static RunMove.Write? Undo(Run run, string reason) => run.State is RunState.Running or RunState.Holding ? Back(run, reason, isBroken: false) : null;

    public static RunMove.Write Escalated(Run run, DateTimeOffset now) => new(Counted(run with { State = RunState.Failed, EndedAt = now }), "failed", null, run.Reason ?? "");

    private static RunMove Forward(Run run, DateTimeOffset now)
    {
        for (var at = 0; at < run.Steps.Length; at++)
        {
            var step = run.Steps[at];
            switch (step.State)
            {
                case StepState.Verified or StepState.Skipped:
                    continue;
                case StepState.Pending when NeedsYes(run, at):
                    return Of(run, at, "step_asking", "", static one => one with { State = StepState.Asking });
                case StepState.Pending:
                    return Of(run, at, "step_doing", "", one => one with { State = StepState.Doing, BegunAt = now });
                case StepState.Asking:
                    return new RunMove.Work(StepWork.Ask, at);
                case StepState.Waiting:
                    return step.NextAt is { } deadline && now >= deadline ? Back(run, $"Nobody answered step '{step.Id}' in time.", isBroken: true, "step_failed", step.Id) : new RunMove.Wait();
                case StepState.Doing:
                    return IsDue(step, now) ? new RunMove.Work(StepWork.Do, at) : new RunMove.Wait();
                default:
                    return IsDue(step, now) ? new RunMove.Work(StepWork.Look, at) : new RunMove.Wait();
            }
        }

        return run.Runbook.Steps.Any(static step => StepActions.Changes(step.Action))
            ? Hold(run, now)
            : new RunMove.Write(Counted(run with { State = RunState.Ended, MitigatedAt = now, EndedAt = now }), "ended", null, "");
    }

    /// <summary>It holds no longer than what its first step made: where people took their time, that may be over.</summary>
    private static RunMove.Write Hold(Run run, DateTimeOffset now)
    {
        var stands = run.Steps.Where((step, at) => step.DoneAt is not null && StepActions.Changes(run.Runbook.Steps[at].Action)).Min(static step => step.BegunAt ?? step.DoneAt) + run.EffectsLast ?? DateTimeOffset.MaxValue;
        var until = now + run.Runbook.Hold;
        return stands <= now
            ? Back(run, "What its first steps did had ended by itself before all steps were verified.", isBroken: true)
            : new(Counted(run with { State = RunState.Holding, HoldUntil = until < stands ? until : stands, MitigatedAt = now }), "holding", null, "");
    }

    private static RunMove Backward(Run run, DateTimeOffset now)
    {
        for (var at = run.Steps.Length - 1; at >= 0; at--)
        {
            var step = run.Steps[at];
            if (step.State is StepState.Undoing)
            {
                return IsDue(step, now) ? new RunMove.Work(StepWork.Undo, at) : new RunMove.Wait();
            }

            if (step.State is StepState.Doing or StepState.Done or StepState.Verified && StepActions.Changes(run.Runbook.Steps[at].Action))
            {
                return Of(run, at, "step_undoing", "", static one => one with { State = StepState.Undoing, NextAt = null, Fails = 0 });
            }
        }

        return run.IsBroken ? new RunMove.Escalate() : new RunMove.Write(Counted(run with { State = RunState.Ended, EndedAt = now }), "ended", null, run.Reason ?? "");
    }

    private static RunMove.Write Back(Run run, string reason, bool isBroken, string what = "undoing", string? step = null) => new(
        Counted(run with
        {
            State = RunState.Undoing,
            Reason = reason,
            IsBroken = isBroken,
            Steps = [.. run.Steps.Select(static one => one.State is StepState.Pending or StepState.Asking or StepState.Waiting ? one with { State = StepState.Skipped } : one)],
        }),
        what,
        step,
        reason);

    /// <summary>A question is always asked; of what changes something somebody is asked unless it is safe and the run may do it unasked.</summary>
    private static bool NeedsYes(Run run, int at) =>
        run.Runbook.Steps[at] is var step && (step.Action is StepAction.Confirm || (StepActions.Changes(step.Action) && (run.Mode is RunMode.Assisted || !step.Safe)));

    private static bool IsDue(StepRun step, DateTimeOffset now) => step.NextAt is not { } next || now >= next;

    private static RunMove.Write Of(Run run, int step, string what, string says, Func<StepRun, StepRun> change) => new(Counted(With(run, step, change)), what, run.Steps[step].Id, says);

    private static Run With(Run run, int step, Func<StepRun, StepRun> change) => run with { Steps = run.Steps.SetItem(step, change(run.Steps[step])) };

    private static Run Counted(Run run) => run with { Revision = run.Revision + 1 };
}
