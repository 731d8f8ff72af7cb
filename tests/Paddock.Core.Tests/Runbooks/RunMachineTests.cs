using System.Collections.Immutable;
using Paddock.Core.Releases;
using Paddock.Core.Runbooks;

namespace Paddock.Core.Tests.Runbooks;

/// <summary>How a run goes from step to step.</summary>
public sealed class RunMachineTests
{
    private static readonly DateTimeOffset noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    private static readonly CheckOutcome good = new(Verdict.Good, "It stands."), bad = new(Verdict.Bad, "It does not."), unknown = new(Verdict.Unknown, "Nobody knows.");

    [Fact]
    public void What_is_about_to_be_done_is_written_before_it_is_done()
    {
        var run = Begin("avoid");

        var begun = RunMachine.Next(run, noon).ShouldBeOfType<RunMove.Write>();

        (begun.What, begun.Step, begun.Run.Steps[0].State, begun.Run.Steps[0].BegunAt, begun.Run.Revision).ShouldBe(("step_doing", "avoid", StepState.Doing, noon, 1));
        RunMachine.Next(begun.Run, noon).ShouldBe(new RunMove.Work(StepWork.Do, 0));
    }

    [Fact]
    public void A_run_whose_steps_are_verified_holds_and_then_undoes_itself_from_the_last()
    {
        var run = Through(Begin("avoid", "shed"), static _ => good);

        (run.State, run.HoldUntil, run.MitigatedAt).ShouldBe((RunState.Holding, noon.AddHours(1), noon));
        RunMachine.Next(run, noon.AddMinutes(59)).ShouldBeOfType<RunMove.Wait>();
        var undone = new List<string>();
        var over = Carry(run, noon.AddHours(1), static _ => good, undone.Add);
        undone.ShouldBe(["shed", "avoid"]);
        (over.State, over.EndedAt, over.IsBroken, over.Reason).ShouldBe((RunState.Ended, noon.AddHours(1), false, "Its time is over."));
    }

    [Theory]
    [InlineData(4, 5.0, RunState.Holding)]
    [InlineData(5.5, 6.0, RunState.Holding)]
    [InlineData(6, null, RunState.Undoing)]
    public void A_run_that_waited_for_people_holds_no_longer_than_what_its_first_step_made(double verified, double? until, RunState state)
    {
        var run = RunMachine.Looked(Done(Begin("avoid")), 0, good, noon.AddHours(verified)).Run;

        var held = RunMachine.Next(run, noon.AddHours(verified)).ShouldBeOfType<RunMove.Write>().Run;

        (held.State, held.HoldUntil, held.IsBroken).ShouldBe((state, until is { } hours ? noon.AddHours(hours) : null, until is null));
    }

    [Fact]
    public void A_step_that_is_not_so_twice_in_a_row_undoes_the_run_and_people_are_told()
    {
        var undone = new List<string>();
        var once = RunMachine.Looked(Done(Begin("avoid", "shed")), 0, bad, noon);
        (once.What, once.Run.State, once.Run.Steps[0].Fails).ShouldBe(("step_not_yet", RunState.Running, 1));
        RunMachine.Next(once.Run, noon.AddSeconds(29)).ShouldBeOfType<RunMove.Wait>();

        var twice = RunMachine.Looked(once.Run, 0, bad, noon.AddSeconds(30));

        (twice.What, twice.Run.State, twice.Run.IsBroken).ShouldBe(("step_failed", RunState.Undoing, true));
        var over = Carry(twice.Run, noon.AddSeconds(30), static _ => good, undone.Add);
        (over.State, string.Join(' ', undone)).ShouldBe((RunState.Failed, "avoid told"));
        over.Steps[1].State.ShouldBe(StepState.Skipped);
    }

    [Fact]
    public void A_step_of_which_nothing_can_be_said_is_looked_at_again_and_fails_in_the_end()
    {
        var run = Done(Begin("avoid"));
        for (var looks = 0; looks < Check.MostUnknown; looks++)
        {
            run = RunMachine.Looked(run, 0, unknown, noon).Run;
        }

        run.State.ShouldBe(RunState.Running);
        RunMachine.Looked(run, 0, unknown, noon).Run.State.ShouldBe(RunState.Undoing);
    }

    [Fact]
    public void A_step_that_breaks_twice_in_a_row_undoes_the_run()
    {
        var once = RunMachine.Broke(Doing(Begin("avoid")), 0, "no such provider", noon).Run;
        RunMachine.Next(once, noon.AddSeconds(29)).ShouldBeOfType<RunMove.Wait>();
        RunMachine.Next(once, noon.AddSeconds(30)).ShouldBe(new RunMove.Work(StepWork.Do, 0));

        RunMachine.Broke(once, 0, "no such provider", noon).Run.State.ShouldBe(RunState.Undoing);
    }

    [Fact]
    public void Undoing_that_breaks_is_tried_again_for_as_long_as_it_takes()
    {
        var run = RunMachine.Undo(Done(Begin("avoid")), "wrong one").ShouldNotBeNull().Run;
        run = RunMachine.Next(run, noon).ShouldBeOfType<RunMove.Write>().Run;
        for (var tries = 0; tries < 5; tries++)
        {
            run = RunMachine.Broke(run, 0, "the database is away", noon).Run;
        }

        RunMachine.Next(run, noon.AddSeconds(30)).ShouldBe(new RunMove.Work(StepWork.Undo, 0));
    }

    [Fact]
    public void Where_it_is_assisted_a_step_that_changes_something_waits_for_a_yes()
    {
        var run = Begin("avoid") with { Mode = RunMode.Assisted };
        run = RunMachine.Next(run, noon).ShouldBeOfType<RunMove.Write>().Run;
        RunMachine.Next(run, noon).ShouldBe(new RunMove.Work(StepWork.Ask, 0));
        run = RunMachine.Asked(run, 0, noon).Run;
        RunMachine.Next(run, noon.AddDays(1)).ShouldBeOfType<RunMove.Wait>();

        var yes = RunMachine.Answered(run, "avoid", yes: true, "usr_ada", "go", noon.AddDays(1)).ShouldNotBeNull();

        (yes.What, yes.Run.Steps[0].State, yes.Run.Steps[0].AnsweredBy).ShouldBe(("step_approved", StepState.Doing, "usr_ada"));
        RunMachine.Answered(yes.Run, "avoid", yes: true, "usr_bob", "go", noon.AddDays(1)).ShouldBeNull("it waits no more");
    }

    [Fact]
    public void A_no_takes_the_run_back_and_nobody_is_paged()
    {
        var run = RunMachine.Asked(Through(Begin("avoid", "sure"), static _ => good), 1, noon).Run;

        var no = RunMachine.Answered(run, "sure", yes: false, "usr_ada", "not now", noon.AddMinutes(29)).ShouldNotBeNull();

        (no.Run.State, no.Run.Reason, no.Run.IsBroken).ShouldBe((RunState.Undoing, "not now", false));
        var undone = new List<string>();
        Carry(no.Run, noon, static _ => good, undone.Add).State.ShouldBe(RunState.Ended);
        undone.ShouldBe(["avoid"]);
    }

    [Fact]
    public void A_question_that_nobody_answers_in_time_takes_the_run_back_and_people_are_told()
    {
        var run = RunMachine.Asked(Through(Begin("avoid", "sure"), static _ => good), 1, noon).Run;
        RunMachine.Next(run, noon.AddMinutes(29)).ShouldBeOfType<RunMove.Wait>();

        RunMachine.Answered(run, "sure", yes: true, "usr_ada", "go", noon.AddMinutes(30)).ShouldBeNull("its time is over, also while nobody has looked");
        var late = RunMachine.Next(run, noon.AddMinutes(30)).ShouldBeOfType<RunMove.Write>();

        (late.Run.State, late.Run.IsBroken).ShouldBe((RunState.Undoing, true));
    }

    [Fact]
    public void A_step_that_may_have_been_done_when_the_process_ended_is_undone_as_well()
    {
        var undone = new List<string>();

        Carry(RunMachine.Undo(Doing(Begin("avoid")), "stop").ShouldNotBeNull().Run, noon, static _ => good, undone.Add);

        undone.ShouldBe(["avoid"]);
    }

    [Fact]
    public void What_is_over_is_not_undone_again() => RunMachine.Undo(Begin("avoid") with { State = RunState.Ended }, "late").ShouldBeNull();

    private static Run Begin(params string[] ids)
    {
        var source = ShippedRunbooks.All[0];
        var steps = ids.Select(static id => id switch
        {
            "sure" => new RunbookStep(id, StepAction.Confirm, [new("question", "Sure?")], Safe: false, Verify: null),
            _ => new RunbookStep(id, StepAction.ProviderAvoid, [new("provider", "main")], Safe: true, Verify: null),
        });
        return Run.Begin("run_1", source with { Steps = [.. steps], Hold = TimeSpan.FromHours(1) }, RunMode.Auto, ImmutableDictionary<string, string>.Empty, "usr_x", noon);
    }

    private static Run Doing(Run run) => RunMachine.Next(run, noon).ShouldBeOfType<RunMove.Write>().Run;

    private static Run Done(Run run) => RunMachine.Done(Doing(run), 0, "a", "b", "For now.", noon).Run;

    /// <summary>Carries a run on until it waits.</summary>
    private static Run Through(Run run, Func<int, CheckOutcome> look) => Carry(run, noon, look, static _ => { });

    private static Run Carry(Run run, DateTimeOffset now, Func<int, CheckOutcome> look, Action<string> undone)
    {
        for (var moves = 0; moves < 100; moves++)
        {
            switch (RunMachine.Next(run, now))
            {
                case RunMove.Write write:
                    run = write.Run;
                    break;
                case RunMove.Work { Kind: StepWork.Do, Step: var step }:
                    run = RunMachine.Done(run, step, "a", "b", "", now).Run;
                    break;
                case RunMove.Work { Kind: StepWork.Look, Step: var step }:
                    run = RunMachine.Looked(run, step, look(step), now).Run;
                    break;
                case RunMove.Work { Kind: StepWork.Undo, Step: var step }:
                    undone(run.Steps[step].Id);
                    run = RunMachine.Undone(run, step, "").Run;
                    break;
                case RunMove.Escalate:
                    undone("told");
                    run = RunMachine.Escalated(run, now).Run;
                    break;
                default:
                    return run;
            }
        }

        throw new InvalidOperationException("The machine does not wait.");
    }
}
