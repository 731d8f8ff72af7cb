using Paddock.Core.Alerts;
using Paddock.Core.Notifications;

namespace Paddock.Store.Tests.Notifications;

public class NoticeStoreTests
{
    private static readonly Notification notification = new()
    {
        Event = "alert.fired",
        At = StoreUnderTest.Noon,
        Text = "It burns.",
        Facts = [new("alert", "alr_1")],
        Link = "https://paddock.example/alerts",
        Severity = AlertSeverity.Page,
        Alerts = [new("alr_1", "outage", "openai", AlertSeverity.Page, StoreUnderTest.Noon, "It burns.")],
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, EachEngine]
    public async Task What_was_posted_once_waits_for_each_of_its_receivers_under_one_id_until_it_is_delivered(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var notices = store.Get<INotices>();
        await notices.AddAsync(notification, "alr_1/fired", ["slack", "email"], Cancellation);
        await notices.AddAsync(notification with { Text = "again" }, "alr_1/fired", ["slack", "email"], Cancellation);

        var slack = (await notices.DueAsync("slack", 10, Cancellation)).ShouldHaveSingleItem();
        slack.Id.ShouldBe(NotificationId.OfKey("alr_1/fired"));
        slack.Notification.Facts.ShouldBe(notification.Facts);
        slack.Notification.Alerts.ShouldBe(notification.Alerts);
        (slack.Notification with { Facts = [], Alerts = [] }).ShouldBe(notification with { Facts = [], Alerts = [] });
        await notices.NoteAsync(slack, NoticeState.Delivered, null, null, Cancellation);

        (await notices.DueAsync("slack", 10, Cancellation)).ShouldBeEmpty();
        (await notices.DueAsync("email", 10, Cancellation)).ShouldHaveSingleItem().Id.ShouldBe(slack.Id);
        await notices.AddAsync(notification, "alr_1/fired", ["slack"], Cancellation);
        (await notices.DueAsync("slack", 10, Cancellation)).ShouldBeEmpty();
    }

    [Theory, EachEngine]
    public async Task What_failed_is_due_again_at_its_time_and_counts_its_tries(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var notices = store.Get<INotices>();
        await notices.AddAsync(notification, "key", ["slack"], Cancellation);
        var first = (await notices.DueAsync("slack", 10, Cancellation)).ShouldHaveSingleItem();
        await notices.NoteAsync(first, NoticeState.Waiting, StoreUnderTest.Noon.AddSeconds(4), "HTTP 503", Cancellation);

        store.Skip(TimeSpan.FromSeconds(3));
        (await notices.DueAsync("slack", 10, Cancellation)).ShouldBeEmpty();
        store.Skip(TimeSpan.FromSeconds(1));
        (await notices.DueAsync("slack", 10, Cancellation)).ShouldHaveSingleItem().Tries.ShouldBe(1);
    }

    [Theory, EachEngine]
    public async Task What_was_posted_is_forgotten_after_thirty_days_also_when_its_receiver_is_no_longer_there(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var notices = store.Get<INotices>();
        foreach (var (key, state) in new[] { ("delivered", NoticeState.Delivered), ("given", NoticeState.GivenUp), ("waiting", NoticeState.Waiting) })
        {
            await notices.AddAsync(notification, key, [key], Cancellation);
            await notices.NoteAsync((await notices.DueAsync(key, 1, Cancellation)).ShouldHaveSingleItem(), state, null, null, Cancellation);
        }

        store.Skip(INotices.Keep);
        await notices.ForgetAsync(Cancellation);
        (await store.QueryAsync<string>("SELECT key FROM notices ORDER BY key")).ShouldBe(["delivered", "given", "waiting"]);
        store.Skip(TimeSpan.FromSeconds(1));
        await notices.ForgetAsync(Cancellation);
        (await store.QueryAsync<string>("SELECT key FROM notices")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_two_processes_one_delivers_and_the_other_when_that_has_gone()
    {
        await using var store = await StoreUnderTest.StartAsync(Engine.Postgres);
        await store.Get<INotices>().AddAsync(notification, "key", ["slack"], Cancellation);
        var other = await store.AnotherAsync(options => options with { DataDirectory = Directory.CreateTempSubdirectory("paddock-other-").FullName });
        var first = (await other.Get<INotices>().DueAsync("slack", 10, Cancellation)).ShouldHaveSingleItem();

        (await store.Get<INotices>().DueAsync("slack", 10, Cancellation)).ShouldBeEmpty();
        await other.DisposeAsync();
        Directory.Delete(other.Options.DataDirectory, recursive: true);

        (await store.Get<INotices>().DueAsync("slack", 10, Cancellation)).ShouldHaveSingleItem().Id.ShouldBe(first.Id);
    }
}
