using Paddock.Core.Approvals;
using Paddock.Core.Notifications;
using Paddock.Testing;

namespace Paddock.Store.Tests.Approvals;

/// <summary>Waiting, expiring and racing.</summary>
public class ApprovalWaitTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, EachEngine]
    public async Task Hundreds_who_wait_hear_at_once_and_those_who_left_leave_it_pending(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var people = await Asking.InAsync(store);
        var asked = await people.AskAsync();
        using var gone = new CancellationTokenSource();
        var left = store.Approvals.WaitAsync(asked.Id, gone.Token);
        var waiting = Enumerable.Range(0, 300).Select(_ => store.Approvals.WaitAsync(asked.Id, Cancellation)).ToArray();

        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => left);
        (await store.Approvals.FindAsync(asked.Id, Cancellation)).ShouldNotBeNull().State.ShouldBe(ApprovalState.Pending);
        await people.ApproveAsync(asked.Id);

        var heard = await Task.WhenAll(waiting).WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        heard.ShouldAllBe(approval => approval != null && approval.State == ApprovalState.Approved);
        store.Get<Store.Approvals.ApprovalSignals>().Awaited.ShouldBeEmpty();
    }

    [Theory, EachEngine]
    public async Task Waiting_for_what_is_decided_or_unknown_ends_at_once(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var people = await Asking.InAsync(store);
        var approved = await people.ApproveAsync((await people.AskAsync()).Id);

        (await store.Approvals.WaitAsync(approved.Id, Cancellation)).ShouldNotBeNull().State.ShouldBe(ApprovalState.Approved);
        (await store.Approvals.WaitAsync(ApprovalId.Create(Guid.NewGuid()), Cancellation)).ShouldBeNull();
    }

    [Theory, EachEngine]
    public async Task Who_waits_hears_that_time_ran_out(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var people = await Asking.InAsync(store);
        var waiting = store.Approvals.WaitAsync((await people.AskAsync()).Id, Cancellation);

        store.Time.Advance(TimeSpan.FromMinutes(31));

        (await waiting.WaitAsync(TimeSpan.FromSeconds(30), Cancellation)).ShouldNotBeNull().State.ShouldBe(ApprovalState.Expired);
    }

    [Fact]
    public async Task Another_process_on_the_same_database_is_heard()
    {
        await using var store = await StoreUnderTest.StartAsync(Engine.Postgres);
        var people = await Asking.InAsync(store);
        await using var other = await store.AnotherAsync(options => options with { DataDirectory = Directory.CreateTempSubdirectory("paddock-store-").FullName });
        var waiting = store.Approvals.WaitAsync((await people.AskAsync()).Id, Cancellation);
        var asked = (await store.Approvals.ListAsync(new(), Cancellation))[0];

        await other.Approvals.VoteAsync(asked.Id, new(people.Ada.Id, Approve: false, "no"), Cancellation);

        // The clock stands still, so nothing but the database's notice can tell.
        (await waiting.WaitAsync(TimeSpan.FromSeconds(30), Cancellation)).ShouldNotBeNull().State.ShouldBe(ApprovalState.Denied);
    }

    [Fact]
    public async Task A_lost_notice_is_made_good_by_looking()
    {
        await using var store = await StoreUnderTest.StartAsync(Engine.Postgres);
        var people = await Asking.InAsync(store);
        var asked = await people.AskAsync();
        var waiting = store.Approvals.WaitAsync(asked.Id, Cancellation);

        await store.ExecuteAsync("UPDATE approvals SET state = 'denied'");
        await store.Get<Store.Approvals.ApprovalClock>().LookAsync(Cancellation);

        (await waiting.WaitAsync(TimeSpan.FromSeconds(30), Cancellation)).ShouldNotBeNull().State.ShouldBe(ApprovalState.Denied);
    }

    [Fact]
    public async Task Two_processes_that_race_for_one_use_share_exactly_one()
    {
        await using var store = await StoreUnderTest.StartAsync(Engine.Postgres);
        var people = await Asking.InAsync(store);
        await using var other = await store.AnotherAsync(options => options with { DataDirectory = Directory.CreateTempSubdirectory("paddock-store-").FullName });
        for (var round = 0; round < 20; round++)
        {
            var approved = await people.ApproveAsync((await people.AskAsync()).Id);

            var races = Enumerable.Range(0, 8).Select(racer => Task.Run(() => people.UseIn(racer % 2 == 0 ? store : other, approved, $"dec_{round}_{racer}"), Cancellation));
            var results = await Task.WhenAll(races);

            results.Count(result => result is ApprovalResult.Done).ShouldBe(1);
            results.OfType<ApprovalResult.Refused>().ShouldAllBe(refused => refused.Reason == ApprovalRefusal.UsedUp);
        }

        (await store.QueryAsync<string>("SELECT id FROM tool_intents")).Count.ShouldBe(20);
    }

    [Theory, EachEngine]
    public async Task Many_who_ask_the_same_at_once_make_one_request(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var people = await Asking.InAsync(store);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => store.Approvals.AskAsync(people.Request(), Cancellation), Cancellation)));

        outcomes.Count(outcome => outcome is AskOutcome.Created).ShouldBe(1);
        outcomes.Count(outcome => outcome is AskOutcome.Joined).ShouldBe(19);
    }

    [Theory, EachEngine]
    public async Task Many_uses_of_a_grant_at_once_are_as_many_as_it_says(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var people = await Asking.InAsync(store);
        var offer = new GrantOffer { ArgvPrefix = ["git", "push"], Repository = "r", Task = "task_1", MaxUses = 5, Ttl = TimeSpan.FromHours(1) };
        var granted = await people.ApproveAsync((await people.AskAsync(people.Request() with { Offer = offer })).Id, grant: true);

        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => people.UseAsync(granted, $"dec_{i}", new(people.Subject($"git push {i}"), "r", ["git", "push", $"{i}"])), Cancellation)));

        results.Count(result => result is ApprovalResult.Done).ShouldBe(5);
    }

    [Theory, EachEngine]
    public async Task People_are_told_what_was_asked_and_decided_and_never_the_command(Engine engine)
    {
        var told = new ToldNotifications();
        await using var store = await StoreUnderTest.StartAsync(engine, wire: services => services.Add(new(typeof(INotifications), told)));
        var people = await Asking.InAsync(store);
        await people.ApproveAsync((await people.AskAsync(people.Request("git push canary-command"))).Id);
        await people.AskAsync();
        await people.AskAsync(people.Soft("make deploy"));
        store.Skip(TimeSpan.FromMinutes(31));
        await store.Get<Store.Approvals.ApprovalClock>().LookAsync(Cancellation);

        told.Of("approval").Select(one => one.Event).Order().ShouldBe(["approval.approved", "approval.expired", "approval.expired", "approval.requested", "approval.requested"]);
        told.Of("approval").ShouldAllBe(one => !(one.Text + string.Join(' ', one.Facts)).Contains("canary-command"));
        told.Of("approval")[1].Text.ShouldBe("Approved by ada: shell of codex for dev (git/push).");
    }
}
