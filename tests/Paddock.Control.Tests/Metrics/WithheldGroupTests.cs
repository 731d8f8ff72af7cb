using Paddock.Control.Metrics;
using Paddock.Core.Metrics;
using Paddock.Testing;
using static Paddock.Control.Tests.ControlUnderTest;
using static Paddock.Control.Tests.Metrics.ShowMetricsTests;

namespace Paddock.Control.Tests.Metrics;

/// <summary>Numbers about few people are not shown, nor what would tell them.</summary>
public class WithheldGroupTests
{
    [Fact]
    public async Task A_group_of_few_people_is_listed_without_numbers_and_so_is_the_one_that_would_tell_them()
    {
        await using var control = await StartAsync();
        var tallies = new MemoryTallies();
        Crowd(tallies, 9, "code");
        Crowd(tallies, 6, "architect");
        Crowd(tallies, 4, "debug");

        var told = await ShowAsync(control, tallies, new() { By = "mode" });

        told.Groups.Select(one => (one.Value, one.People, one.Withheld, one.Metrics is null)).ShouldBe(
            [("code", 9, null, false), ("architect", 6, GroupView.WouldTellAnother, true), ("debug", 4, GroupView.TooFewPeople, true)]);
        told.Total.Metrics.ShouldNotBeNull().TaskSuccess.N.ShouldBe(19);
        told.MinimumGroup.ShouldBe(5);
    }

    [Fact]
    public async Task Where_every_group_is_large_enough_each_is_shown_the_one_with_most_tasks_first()
    {
        await using var control = await StartAsync();
        var tallies = new MemoryTallies();
        Crowd(tallies, 5, "ask");
        Crowd(tallies, 7, null);

        var told = await ShowAsync(control, tallies, new() { By = "mode" });

        told.Groups.Select(one => (one.Value, one.Name, one.Withheld, one.Metrics?.TaskSuccess.N)).ShouldBe([("", "not said", null, 7L), ("ask", "ask", null, 5L)]);
    }

    [Fact]
    public async Task Of_groups_with_many_people_the_one_with_fewest_tasks_is_withheld_with_a_small_one()
    {
        await using var control = await StartAsync();
        var tallies = new MemoryTallies();
        Crowd(tallies, 40, "code");
        Crowd(tallies, 33, "architect");
        Crowd(tallies, 35, "ask");
        Crowd(tallies, 1, "debug");

        var told = await ShowAsync(control, tallies, new() { By = "mode" });

        told.Groups.Select(one => (one.Value, one.People, one.Withheld)).ShouldBe(
            [("code", 32, null), ("ask", 32, null), ("architect", 32, GroupView.WouldTellAnother), ("debug", 1, GroupView.TooFewPeople)]);
    }

    [Fact]
    public async Task Whoever_asks_for_a_team_is_told_no_more_than_the_list_of_teams_tells()
    {
        await using var control = await StartAsync();
        var tallies = new MemoryTallies();
        Crowd(tallies, 8, "code", "web");
        Crowd(tallies, 6, "code", "data");
        Crowd(tallies, 2, "code", "ops");

        var teams = (await ShowAsync(control, tallies, new() { By = "team" })).Groups.ToDictionary(one => one.Value, one => one.Withheld);

        teams.ShouldBe(new Dictionary<string, string?> { ["web"] = null, ["data"] = GroupView.WouldTellAnother, ["ops"] = GroupView.TooFewPeople }, ignoreOrder: true);
        foreach (var (team, withheld) in teams)
        {
            var told = await ShowAsync(control, tallies, new() { Team = team, By = "mode", Series = true });
            told.Total.Withheld.ShouldBe(withheld);
            (told.Total.Metrics is null, told.Groups.Count == 0, told.Series is null).ShouldBe(withheld is null ? (false, false, false) : (true, true, true));
        }
    }

    [Fact]
    public async Task A_day_of_few_people_of_a_team_is_not_told_by_the_days_beside_it()
    {
        await using var control = await StartAsync();
        var tallies = new MemoryTallies();
        foreach (var (day, people) in new[] { (-3, 7), (-2, 6), (-1, 1) })
        {
            for (var i = 0; i < people; i++)
            {
                tallies.Add(Noon.AddDays(day), Place($"usr_{i}", "code", "web"), (TaskCount.Claimed, 1));
            }
        }

        var told = await ShowAsync(control, tallies, new() { Team = "web", Series = true });

        told.Total.Metrics.ShouldNotBeNull().TaskSuccess.N.ShouldBe(14);
        told.Series.ShouldNotBeNull().Where(static point => point.TaskSuccess.N > 0).Select(static point => (point.At.Day, point.TaskSuccess.N)).ShouldBe([(Noon.AddDays(-3).Day, 7L)]);
    }

    [Fact]
    public async Task A_team_without_anything_has_numbers_of_nothing_and_one_that_is_none_is_not_found()
    {
        await using var control = await StartAsync();
        await control.Get<Control.Identity.CreateUser>().RunAsync(Admin, new() { Name = "ada", Teams = ["new"] }, TestContext.Current.CancellationToken);

        (await ShowAsync(control, new(), new() { Team = "new" })).Total.Metrics.ShouldNotBeNull().TaskSuccess.N.ShouldBe(0);
        (await Use(control, new()).RunAsync(Admin, new() { Team = "old" }, TestContext.Current.CancellationToken)).ShouldBeMissing();
    }

    private static void Crowd(MemoryTallies tallies, int people, string? mode, params string[] teams)
    {
        for (var i = 0; i < people; i++)
        {
            tallies.Add(Noon, Place($"usr_{mode}{teams.FirstOrDefault()}{i}", mode, teams), (TaskCount.Claimed, 1));
        }
    }
}
