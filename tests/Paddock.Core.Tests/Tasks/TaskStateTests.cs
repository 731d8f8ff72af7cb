using Paddock.Core.Tasks;

namespace Paddock.Core.Tests.Tasks;

/// <summary>What is kept of tasks and principals.</summary>
public class TaskStateTests
{
    private static readonly DateTimeOffset noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_task_counts_each_file_once_and_every_turn_and_subtask()
    {
        var task = new TaskState();

        task.Turn(noon);
        task.Spend(250);
        task.Take(new() { Files = ["a", "b"], StartsSubtask = true });
        task.Take(new() { Files = ["b", "c"], StartsSubtask = true, Taint = ["read_secret"] });
        task.Turn(noon);

        (task.Turns, task.SpentNanoUsd, task.Files, task.Subtasks).ShouldBe((2, 250, 3, 2));
        task.Taint.ShouldBe(["read_secret"]);
    }

    [Fact]
    public void What_is_remembered_never_lowers_what_is_known()
    {
        var task = new TaskState();
        task.Spend(500);
        task.Turn(noon);
        task.Take(new() { Files = ["a"] });

        task.Raise(new() { SpentNanoUsd = 300, Turns = 7, Steps = [new("d1", noon, new() { Files = ["b"], Taint = ["read_external"], StartsSubtask = true })] });
        task.Raise(new() { SpentNanoUsd = 300, Turns = 7, Steps = [new("d1", noon, new() { Files = ["b"], Taint = ["read_external"], StartsSubtask = true })] });

        (task.SpentNanoUsd, task.Turns, task.Files, task.Subtasks).ShouldBe((500, 7, 2, 1));
        task.Taint.ShouldBe(["read_external"]);
    }

    [Fact]
    public void A_task_began_with_its_first_turn_here_or_before()
    {
        var task = new TaskState();
        task.BeganAt.ShouldBeNull();

        task.Turn(noon);
        task.Turn(noon.AddHours(1));
        task.Raise(new() { BeganAt = null });
        task.BeganAt.ShouldBe(noon);

        task.Raise(new() { BeganAt = noon.AddHours(-1) });
        task.Raise(new() { BeganAt = noon.AddHours(2) });
        task.BeganAt.ShouldBe(noon.AddHours(-1));
    }

    [Fact]
    public void More_files_than_can_be_told_apart_are_counted_each_time()
    {
        var task = new TaskState();

        task.Take(new() { Files = [.. Enumerable.Range(0, TaskState.MostFiles).Select(number => $"f{number}")] });
        task.Take(new() { Files = ["f0", "further"] });
        task.Take(new() { Files = ["further"] });

        task.Files.ShouldBe(TaskState.MostFiles + 2);
    }

    [Fact]
    public void Mutating_calls_count_for_five_minutes_and_each_once()
    {
        var principal = new PrincipalState();
        var mutates = new TaskStep { Mutates = true };

        principal.Take(new("d1", noon, mutates));
        principal.Take(new("d2", noon, mutates));
        principal.Take(new("d2", noon, mutates)); // remembered, and known already
        principal.Take(new("d3", noon.AddMinutes(2), mutates));
        principal.Take(new("d4", noon.AddMinutes(2), TaskStep.None));

        principal.Mutations(noon.AddMinutes(4)).ShouldBe(3);
        principal.Mutations(noon.AddMinutes(5)).ShouldBe(1);
        principal.Mutations(noon.AddMinutes(7)).ShouldBe(0);
    }

    [Fact]
    public void What_one_task_came_in_touch_with_counts_for_all_of_the_principal_for_a_day()
    {
        var principal = new PrincipalState();

        principal.Take(new("d1", noon, new() { Taint = ["read_secret"] }));
        principal.Take(new("d2", noon.AddHours(3), new() { Taint = ["read_external"] }));
        principal.Take(new("d3", noon.AddHours(-3), new() { Taint = ["read_secret"] }));

        principal.Taint(noon.AddHours(23)).Order().ShouldBe(["read_external", "read_secret"]);
        principal.Taint(noon.AddHours(25)).ShouldBe(["read_external"]);
        principal.Taint(noon.AddHours(28)).ShouldBeEmpty();
    }

    [Fact]
    public void Calls_of_which_no_task_can_be_told_are_one_task_per_person_and_day()
    {
        TaskScope.Of("usr_1", null, noon).ShouldBe(TaskScope.Of("usr_1", null, noon.AddHours(11)));
        TaskScope.Of("usr_1", null, noon).ShouldNotBe(TaskScope.Of("usr_1", null, noon.AddHours(13)));
        TaskScope.Of("usr_1", null, noon).ShouldNotBe(TaskScope.Of("usr_2", null, noon));
        TaskScope.Of("usr_1", "task_1", noon).ShouldBe(TaskScope.Of("usr_1", "task_1", noon.AddDays(9)));
    }
}
