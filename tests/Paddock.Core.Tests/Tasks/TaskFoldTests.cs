using System.Globalization;
using Paddock.Core.Metrics;
using Paddock.Core.Tasks;
using Paddock.Testing.Fleet;

namespace Paddock.Core.Tests.Tasks;

public class TaskFoldTests
{
    private static readonly DateTimeOffset begin = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Each_task_of_a_simulated_fleet_is_folded_to_what_is_true_of_it()
    {
        var fleet = new SimulatedFleet(seed: 1, begin, TimeSpan.FromDays(5));
        foreach (var task in fleet.Play(2000))
        {
            Compare(TaskFold.Of(task.Origin, task.Facts, FoldRules.Default, fleet.End), task);
        }
    }

    [Fact]
    public void The_same_facts_in_a_hundred_orders_some_of_them_twice_give_the_same_tasks()
    {
        var fleet = new SimulatedFleet(seed: 2, begin, TimeSpan.FromDays(5));
        var tasks = fleet.Play(300);
        var expected = tasks.ConvertAll(task => Text(TaskFold.Of(task.Origin, task.Facts, FoldRules.Default, fleet.End)));
        var random = new Random(3);
        for (var order = 0; order < 100; order++)
        {
            for (var i = 0; i < tasks.Count; i++)
            {
                var facts = tasks[i].Facts.Concat(tasks[i].Facts.Where(_ => random.Next(4) == 0)).ToArray();
                random.Shuffle(facts);
                Text(TaskFold.Of(tasks[i].Origin, facts, FoldRules.Default, fleet.End)).ShouldBe(expected[i]);
            }
        }
    }

    [Fact]
    public void A_task_of_which_nothing_is_known_is_none() => TaskFold.Of(new("task_1", "usr_1", "codex", [], false), [], FoldRules.Default, begin).ShouldBeNull();

    internal static void Compare(AgentTask? folded, FleetTask task)
    {
        var truth = task.Truth;
        var story = string.Join('\n', task.Facts.OrderBy(static fact => fact.At));
        folded.ShouldNotBeNull();
        folded.State.ShouldBe(truth.State, story);
        folded.Source.ShouldBe(truth.Source, story);
        folded.EndedAt.ShouldBe(truth.EndedAt, story);
        folded.WasTakenBack.ShouldBe(truth.TakenBack, story);
        folded.EverClaimed.ShouldBe(truth.EverClaimed, story);
        folded.CostNanoUsd.ShouldBe(truth.CostNanoUsd);
        folded.Turns.ShouldBe(truth.Calls);
        folded.ParentTask.ShouldBe(task.Parent);
        folded.Place.ShouldBe(task.Place);
        if (truth.State.IsSuccess())
        {
            folded.Cycle.ShouldBe(truth.Cycle, story);
            folded.Waited.ShouldBe(truth.Waited, story);
        }

        Sum(folded, TaskCount.Results).ShouldBe(truth.Results, story);
        Sum(folded, TaskCount.ToolFailed).ShouldBe(truth.ToolFailed);
        Sum(folded, TaskCount.CommandNonZero).ShouldBe(truth.NonZero);
        Sum(folded, TaskCount.TimedOutResults).ShouldBe(truth.TimedOut);
        Sum(folded, TaskCount.Denied).ShouldBe(truth.Denied);
        Sum(folded, TaskCount.Unpriced).ShouldBe(truth.Unpriced);
    }

    private static long Sum(AgentTask task, TaskCount count) => task.Shares.Sum(share => share.Tally[count]);

    /// <summary>All that a task says, with its shares in an order of their own.</summary>
    private static string Text(AgentTask? task)
    {
        task.ShouldNotBeNull();
        var shares = task.Shares.Select(static share => string.Create(CultureInfo.InvariantCulture, $"{share.Hour:O} {share.Place} {string.Join(' ', Enum.GetValues<TaskCount>().Select(count => share.Tally[count]))}"));
        return string.Join('\n', shares.Order(StringComparer.Ordinal).Prepend((task with { Shares = [] }).ToString()));
    }
}
