using Paddock.Core.Alerts;
using Paddock.Core.Audit;
using Paddock.Testing;

namespace Paddock.Store.Tests.Alerts;

public class AlertStoreTests
{
    private static readonly AlertSilence silence = new()
    {
        Id = "sil_1",
        Rule = "outage",
        Reason = "known",
        Owner = "usr_1",
        CreatedAt = StoreUnderTest.Noon,
        ExpiresAt = StoreUnderTest.Noon.AddHours(1),
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, EachEngine]
    public async Task An_alert_is_kept_as_it_became_and_makes_room_for_the_next_of_its_kind_when_it_ended(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var alerts = store.Get<IAlerts>();
        var first = Alert("alr_1", 0) with { Facts = [new("failed", "20"), new("boundary", "team “payments”")], Silence = "sil_1" };
        await KeepAsync(store, new([first], [], []));
        var worse = first with { SeenAt = first.SeenAt.AddMinutes(1), Says = "worse", ToldAt = StoreUnderTest.Noon, Silence = null };
        await KeepAsync(store, new([worse], [], []));

        var kept = (await alerts.ListAsync(new() { Open = true }, Cancellation)).ShouldHaveSingleItem();
        kept.Facts.ShouldBe(worse.Facts);
        (kept with { Facts = [] }).ShouldBe(worse with { Facts = [] });

        var next = Alert("alr_2", 10);
        await KeepAsync(store, new([next], [worse with { ResolvedAt = StoreUnderTest.Noon.AddMinutes(10) }], []));
        (await alerts.ListAsync(new() { Open = true }, Cancellation)).ShouldHaveSingleItem().Id.ShouldBe("alr_2");
        (await alerts.ListAsync(new(), Cancellation)).Select(static one => one.Id).ShouldBe(["alr_2", "alr_1"]);
    }

    [Theory, EachEngine]
    public async Task Alerts_are_listed_newest_first_a_page_at_a_time_and_by_their_rule(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        await KeepAsync(store, new([Alert("alr_1", 0, "a"), Alert("alr_2", 0, "b"), Alert("alr_3", 5, "c"), Alert("alr_4", 6, "d") with { Rule = "other" }], [], []));
        var alerts = store.Get<IAlerts>();

        (await alerts.ListAsync(new() { Limit = 2 }, Cancellation)).Select(static one => one.Id).ShouldBe(["alr_4", "alr_3"]);
        (await alerts.ListAsync(new() { Limit = 2, Before = "alr_3" }, Cancellation)).Select(static one => one.Id).ShouldBe(["alr_2", "alr_1"]);
        (await alerts.ListAsync(new() { Limit = 2, Before = "alr_2" }, Cancellation)).Select(static one => one.Id).ShouldBe(["alr_1"]);
        (await alerts.ListAsync(new() { Rule = "other" }, Cancellation)).ShouldHaveSingleItem().Id.ShouldBe("alr_4");
        (await alerts.ListAsync(new() { Before = "none" }, Cancellation)).ShouldBeEmpty();
    }

    [Theory, EachEngine]
    public async Task A_silence_stands_until_its_time_is_over_or_somebody_ends_it(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var alerts = store.Get<IAlerts>();
        await alerts.AddSilenceAsync(silence, AlertEntries.Of(silence, Acting.Operator), Cancellation);
        await alerts.AddSilenceAsync(silence with { Id = "sil_2", Rule = null, Subject = "openai" }, AlertEntries.Of(silence, Acting.Operator), Cancellation);

        (await alerts.SilencesAsync(StoreUnderTest.Noon, Cancellation)).ShouldBe([silence, silence with { Id = "sil_2", Rule = null, Subject = "openai" }]);
        (await EndAsync(alerts, "sil_1")).ShouldBeTrue();
        (await EndAsync(alerts, "sil_1")).ShouldBeFalse();
        (await alerts.SilencesAsync(StoreUnderTest.Noon, Cancellation)).ShouldHaveSingleItem().Id.ShouldBe("sil_2");
        (await alerts.SilencesAsync(StoreUnderTest.Noon.AddHours(1), Cancellation)).ShouldBeEmpty();
        (await store.Get<IEntryReader>().ListAsync(new() { Ref = "sil_1" }, Cancellation)).Entries.Select(static one => one.Act).ShouldBe(["alert.silenced", "alert.silenced", "alert.silence_ended"], ignoreOrder: true);
    }

    private static Task<bool> EndAsync(IAlerts alerts, string id) => alerts.EndSilenceAsync(id, "usr_1", StoreUnderTest.Noon, AlertEntries.Ended(id, Acting.Operator), Cancellation);

    private static Task KeepAsync(StoreUnderTest store, AlertStep step) => store.Get<IAlerts>().KeepAsync(step, [], Cancellation);

    private static Alert Alert(string id, int minute, string subject = "openai") => new()
    {
        Id = id,
        Rule = "outage",
        Subject = subject,
        Severity = AlertSeverity.Page,
        BeganAt = StoreUnderTest.Noon.AddMinutes(minute),
        SeenAt = StoreUnderTest.Noon.AddMinutes(minute),
        Says = "it is so",
    };
}
