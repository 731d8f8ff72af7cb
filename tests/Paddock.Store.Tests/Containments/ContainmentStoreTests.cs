using Paddock.Core.Audit;
using Paddock.Core.Containments;
using Paddock.Core.Identity;
using Paddock.Core.Notifications;
using Paddock.Store.Tests.Identity;
using Paddock.Testing;

namespace Paddock.Store.Tests.Containments;

/// <summary>What IContainmentStore and IContainments promise, on both databases.</summary>
public class ContainmentStoreTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, EachEngine]
    public async Task A_containment_comes_back_as_it_was_and_is_in_force_when_it_is_acknowledged(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var (user, key) = await People.AddAsync(store, "ada");
        var made = Made(store, new() { User = user.Id, Key = key.Id, Agent = "codex", Task = "ses-1", Model = "gpt-*", Provider = "openai", Tool = "github/*" });

        await store.Containments.AddAsync(made, AuditActor.Local, Cancellation);

        store.LiveContainments.Current.All.ShouldBe([made]);
        (await store.Containments.FindAsync(made.Id, Cancellation)).ShouldBe(made);
        (await store.Containments.FindAsync(Made(store, new()).Id, Cancellation)).ShouldBeNull();
    }

    [Theory, EachEngine]
    public async Task A_lifted_one_is_kept_with_who_and_why_and_is_in_force_no_more(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var (lifted, other) = (Made(store, new() { Agent = "codex" }), Made(store, new() { Agent = "cline" }));
        await store.Containments.AddAsync(lifted, AuditActor.Local, Cancellation);
        await store.Containments.AddAsync(other, AuditActor.Local, Cancellation);
        store.Time.Advance(TimeSpan.FromMinutes(5));

        var after = await store.Containments.LiftAsync(lifted.Id, AuditActor.Of("usr_x"), "it was a test", Cancellation);

        after.ShouldBe(lifted with { LiftedAt = StoreUnderTest.Noon.AddMinutes(5), LiftedBy = "usr_x", LiftReason = "it was a test" });
        store.LiveContainments.Current.All.ShouldBe([other]);
        (await store.Containments.LiftAsync(lifted.Id, AuditActor.Of("usr_y"), "again", Cancellation)).ShouldBeNull();
        (await store.Containments.FindAsync(lifted.Id, Cancellation)).ShouldBe(after);
    }

    [Theory, EachEngine]
    public async Task An_expired_one_cannot_be_lifted(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var made = Made(store, new() { Agent = "codex" });
        await store.Containments.AddAsync(made, AuditActor.Local, Cancellation);
        store.Skip(TimeSpan.FromHours(1));

        (await store.Containments.LiftAsync(made.Id, AuditActor.Of("usr_x"), "late", Cancellation)).ShouldBeNull();
    }

    [Theory, EachEngine]
    public async Task They_are_listed_newest_first_by_state_and_page(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var all = new List<Containment>();
        foreach (var minutes in new[] { 10, 60, 120 })
        {
            all.Add(Made(store, new() { Agent = $"agent-{minutes}" }, TimeSpan.FromMinutes(minutes)));
            await store.Containments.AddAsync(all[^1], AuditActor.Local, Cancellation);
            store.Time.Advance(TimeSpan.FromMinutes(1));
        }

        await store.Containments.LiftAsync(all[1].Id, AuditActor.Of("usr_x"), "done", Cancellation);
        store.Time.Advance(TimeSpan.FromMinutes(10));
        async Task<ContainmentId[]> ListAsync(ContainmentQuery query) => [.. (await store.Containments.ListAsync(query, Cancellation)).Select(one => one.Id)];

        (await ListAsync(new())).ShouldBe([all[2].Id, all[1].Id, all[0].Id]);
        (await ListAsync(new() { State = ContainmentState.InForce })).ShouldBe([all[2].Id]);
        (await ListAsync(new() { State = ContainmentState.Lifted })).ShouldBe([all[1].Id]);
        (await ListAsync(new() { State = ContainmentState.Expired })).ShouldBe([all[0].Id]);
        (await ListAsync(new() { Limit = 1, Before = all[2].Id })).ShouldBe([all[1].Id]);
    }

    [Theory, EachEngine]
    public async Task Subscribers_hear_of_each_change_until_they_leave(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var heard = new TaskCompletionSource<ContainmentSet>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = store.LiveContainments.OnChange(set => heard.TrySetResult(set));

        await store.Containments.AddAsync(Made(store, new() { Agent = "codex" }), AuditActor.Local, Cancellation);

        (await heard.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation)).All.ShouldHaveSingleItem();
    }

    [Theory, EachEngine]
    public async Task A_restart_keeps_them(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var made = Made(store, new() { Agent = "codex" });
        await store.Containments.AddAsync(made, AuditActor.Local, Cancellation);
        await store.StopAsync();

        await using var next = await store.AnotherAsync();

        next.LiveContainments.Current.All.ShouldBe([made]);
    }

    [Theory]
    [InlineData(Engine.Sqlite, Engine.Postgres)]
    [InlineData(Engine.Postgres, Engine.Sqlite)]
    public async Task They_survive_a_change_of_database_and_can_be_lifted_there(Engine from, Engine to)
    {
        await using var store = await StoreUnderTest.StartAsync(from);
        var made = Made(store, new() { Agent = "codex", Tool = "github/*" });
        await store.Containments.AddAsync(made, AuditActor.Local, Cancellation);
        var file = Path.Combine(store.Options.DataDirectory, "backup");
        await store.Maintenance.BackupAsync(file, Cancellation);
        await using var other = await StoreUnderTest.BuildAsync(to);

        await other.Maintenance.RestoreAsync(file, replaces: false, Cancellation);
        await other.Maintenance.StartAsync(Cancellation);

        other.LiveContainments.Current.All.ShouldBe([made]);
        (await other.Containments.LiftAsync(made.Id, AuditActor.Of("usr_x"), "moved", Cancellation)).ShouldNotBeNull();
        other.LiveContainments.Current.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task Another_process_on_the_same_database_hears_at_once()
    {
        await using var store = await StoreUnderTest.StartAsync(Engine.Postgres);
        await using var other = await store.AnotherAsync(options => options with { DataDirectory = Directory.CreateTempSubdirectory("paddock-store-").FullName });
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = other.LiveContainments.OnChange(set => _ = set.IsEmpty || heard.TrySetResult());
        var made = Made(store, new() { Agent = "codex" });

        await store.Containments.AddAsync(made, AuditActor.Local, Cancellation); // the clocks stand still: only the notice can bring it

        await heard.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        other.LiveContainments.Current.All.ShouldBe([made]);
    }

    [Fact]
    public async Task While_the_database_is_away_the_last_known_set_holds()
    {
        await using var store = await StoreUnderTest.StartAsync(Engine.Sqlite);
        var made = Made(store, new() { Agent = "codex" });
        await store.Containments.AddAsync(made, AuditActor.Local, Cancellation);
        await store.ExecuteAsync("ALTER TABLE containments RENAME TO lost");

        await store.Get<Store.Containments.LiveContainments>().ReloadAsync(Cancellation);
        var refused = await Record.ExceptionAsync(() => store.Containments.AddAsync(Made(store, new() { Agent = "cline" }), AuditActor.Local, Cancellation));

        refused.ShouldNotBeNull();
        store.LiveContainments.Current.All.ShouldBe([made]);
    }

    [Theory, EachEngine]
    public async Task People_are_told_once_that_it_was_made_lifted_or_has_expired_also_when_that_was_while_nobody_looked(Engine engine)
    {
        var told = new ToldNotifications();
        await using var store = await StoreUnderTest.StartAsync(engine, wire: services => services.Add(new(typeof(INotifications), told)));
        var (user, _) = await People.AddAsync(store, "ada");
        var (first, second) = (Made(store, new() { User = user.Id }), Made(store, new() { Tool = "bash" }));
        await store.Containments.AddAsync(first, AuditActor.Local, Cancellation);
        await store.Containments.AddAsync(second, AuditActor.Local, Cancellation);
        await store.Containments.LiftAsync(first.Id, AuditActor.Of(user.Id.Value), "found", Cancellation);
        await store.Get<Store.Containments.ContainmentClock>().LookAsync(Cancellation);
        await store.Get<Store.Containments.ContainmentClock>().StopAsync();
        store.Skip(TimeSpan.FromHours(2));
        await store.Get<Store.Containments.ContainmentClock>().LookAsync(Cancellation);
        await store.Get<Store.Containments.ContainmentClock>().LookAsync(Cancellation);

        told.Of("containment").Select(one => one.Event).ShouldBe(["containment.contained", "containment.contained", "containment.lifted", "containment.expired"]);
        told.Of("containment")[0].Text.ShouldBe("Contained by system:local: user ada, until 2026-03-04 13:00 UTC. looked into");
        told.Of("containment")[2].Text.ShouldBe("Containment lifted by ada: user ada. found");
        store.LiveContainments.Current.IsEmpty.ShouldBeTrue();
        (await store.Containments.FindAsync(second.Id, Cancellation)).ShouldBe(second);
    }

    private static Containment Made(StoreUnderTest store, ContainmentSelector selector, TimeSpan? duration = null)
    {
        var now = store.Time.GetUtcNow();
        return new()
        {
            Id = ContainmentId.Create(Guid.CreateVersion7(now)),
            Selector = selector,
            Reason = "looked into",
            CreatedBy = "system:local",
            CreatedAt = now,
            ExpiresAt = now + (duration ?? Containment.UsualDuration),
        };
    }
}
