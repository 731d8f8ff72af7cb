using Microsoft.Extensions.DependencyInjection;
using Paddock.Core.Identity;
using Paddock.Core.Notifications;
using Paddock.Core.Tasks;
using Paddock.Store.Agents;
using Paddock.Store.Tasks;
using Paddock.Store.Tests.Identity;
using Paddock.Testing;

namespace Paddock.Store.Tests.Tasks;

/// <summary>People are told once of a task that goes on for too long, on both databases.</summary>
public class StaleTaskTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, EachEngine]
    public async Task People_are_told_once_of_each_also_after_a_restart(Engine engine)
    {
        var told = new ToldNotifications();
        await using var store = await StoreUnderTest.StartAsync(engine, wire: Wire(told));
        var (ada, _) = await People.AddAsync(store, "ada");
        await NoteAsync(store, ada, "task_1", "task_1", "task_2");
        await NoteAsync(store, ada, "task_1");
        await store.StopAsync();
        await using var next = await store.AnotherAsync(wire: Wire(told));
        await NoteAsync(next, ada, "task_2", "task_3");

        told.All.Select(one => one.Facts.ToDictionary()["task"]).ShouldBe(["task_1", "task_2", "task_3"], ignoreOrder: true);
        var notice = told.All.First();
        (notice.Event, notice.Text).ShouldBe(("task.stale", "A task of ada with roo-code goes on for longer than it may: it began at 2026-03-04 12:00 UTC."));
        (notice.Facts.ToDictionary()["beganAt"], notice.Facts.ToDictionary()["contextWithin"], notice.Facts.ToDictionary()["session"]).ShouldBe(("2026-03-04T12:00:00Z", "86400", "n"));
    }

    [Fact]
    public async Task Of_two_processes_that_see_it_one_tells()
    {
        var told = new ToldNotifications();
        await using var here = await StoreUnderTest.StartAsync(Engine.Postgres, wire: Wire(told));
        await using var there = await here.AnotherAsync(options => options with { DataDirectory = Directory.CreateTempSubdirectory("paddock-store-").FullName }, wire: Wire(told));
        var (ada, _) = await People.AddAsync(here, "ada");

        await Task.WhenAll(NoteAsync(here, ada, "task_1"), NoteAsync(there, ada, "task_1"));

        told.All.Length.ShouldBe(1);
    }

    [Theory, EachEngine]
    public async Task While_the_database_is_away_nobody_is_told_and_then_somebody_is(Engine engine)
    {
        var told = new ToldNotifications();
        await using var store = await StoreUnderTest.StartAsync(engine, wire: Wire(told));
        var (ada, _) = await People.AddAsync(store, "ada");
        await store.ExecuteAsync("ALTER TABLE stale_tasks RENAME TO gone");
        await Should.ThrowAsync<Exception>(NoteAsync(store, ada, "task_1"));
        told.All.ShouldBeEmpty();

        await store.ExecuteAsync("ALTER TABLE gone RENAME TO stale_tasks");
        await store.Get<StaleTasks>().LookAsync(Cancellation);

        told.All.Length.ShouldBe(1);
    }

    [Theory, EachEngine]
    public async Task It_is_forgotten_with_the_person_and_after_ninety_days(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var ((ada, _), (bob, _)) = (await People.AddAsync(store, "ada"), await People.AddAsync(store, "bob"));
        await NoteAsync(store, ada, "task_1");
        await NoteAsync(store, bob, "task_2");
        await store.Identity.UpdatePrincipalAsync(ada with { Disabled = true }, Acting.Operator, Cancellation);
        await NoteAsync(store, ada, "task_3"); // by a call that ran

        await store.Identity.EraseAsync(ada.Id, "erased-1", Acting.Operator, Cancellation);

        (await store.QueryAsync<string>("SELECT task_id FROM stale_tasks")).ShouldBe(["task_2"]);
        store.Skip(TimeSpan.FromDays(91));
        await store.Get<ClientUpkeep>().LookAsync(Cancellation);
        (await store.QueryAsync<string>("SELECT task_id FROM stale_tasks")).ShouldBeEmpty();
    }

    [Theory, EachEngine]
    public async Task One_person_makes_at_most_five_notices_and_rows_in_an_hour_and_takes_nothing_from_others(Engine engine)
    {
        var told = new ToldNotifications();
        await using var store = await StoreUnderTest.StartAsync(engine, wire: Wire(told));
        var ((ada, _), (bob, _)) = (await People.AddAsync(store, "ada"), await People.AddAsync(store, "bob"));
        var made = Enumerable.Range(1, 40).Select(number => $"made_{number}").ToArray();

        await NoteAsync(store, ada, made);
        await NoteAsync(store, ada, made);
        await NoteAsync(store, bob, "task_1");

        told.All.Select(one => one.Facts.ToDictionary()["user"]).ShouldBe(["ada", "ada", "ada", "ada", "ada", "bob"]);
        (await store.QueryAsync<string>("SELECT task_id FROM stale_tasks")).Count.ShouldBe(6);

        store.Skip(TimeSpan.FromHours(1));
        await NoteAsync(store, ada, made[0], made[39]); // one that was told, and one that was held back and goes on
        told.All.Select(one => one.Event + " " + one.Facts.ToDictionary().GetValueOrDefault("task")).Skip(6).Where(one => one.StartsWith("task.stale", StringComparison.Ordinal)).ShouldBe(["task.stale made_40"], string.Join(", ", told.All.Select(one => one.Event)));
    }

    [Theory, EachEngine]
    public async Task A_task_that_was_told_before_a_restart_costs_nothing_of_the_ration(Engine engine)
    {
        var told = new ToldNotifications();
        await using var store = await StoreUnderTest.StartAsync(engine, wire: Wire(told));
        var (ada, _) = await People.AddAsync(store, "ada");
        await NoteAsync(store, ada, "task_1", "task_2", "task_3", "task_4", "task_5");
        await store.StopAsync();
        await using var next = await store.AnotherAsync(wire: Wire(told));

        await NoteAsync(next, ada, "task_1", "task_2", "task_3", "task_4", "task_5");
        await NoteAsync(next, ada, "task_6");

        told.All.Length.ShouldBe(6);
    }

    private static async Task NoteAsync(StoreUnderTest store, Principal person, params string[] tasks)
    {
        foreach (var task in tasks)
        {
            store.Get<IStaleTasks>().Note(new(task, person.Id, "roo-code", "n", StoreUnderTest.Noon, TimeSpan.FromHours(24)));
        }

        await store.Get<StaleTasks>().LookAsync(Cancellation);
    }

    private static Action<IServiceCollection> Wire(ToldNotifications told) => services => services.AddSingleton<INotifications>(told);
}
