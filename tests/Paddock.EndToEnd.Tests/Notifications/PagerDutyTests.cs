using Paddock.Core.Alerts;
using Paddock.Core.Notifications;
using Paddock.Notifications;
using Paddock.Settings;

namespace Paddock.EndToEnd.Tests.Notifications;

/// <summary>Events for PagerDuty, against a server that takes them.</summary>
public class PagerDutyTests
{
    private static readonly NotifiedAlert outage = new("alr_1", "provider-outage", "openai", AlertSeverity.Page, DateTimeOffset.UnixEpoch, "Provider openai failed 20 of 80 calls.");

    private static readonly Notification fired = new()
    {
        Event = "alert.fired",
        At = DateTimeOffset.UnixEpoch,
        Text = "PAGE provider-outage",
        Severity = AlertSeverity.Page,
        Link = "https://paddock.example/alerts",
        Alerts = [outage, outage with { Key = "alr_2", Subject = "", Severity = AlertSeverity.Ticket }],
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_alert_is_an_incident_of_its_own_that_a_silence_acknowledges_and_its_end_resolves()
    {
        await using var receiver = await Receiver.StartAsync();
        using var pagerDuty = Of(receiver);

        foreach (var notification in (Notification[])[fired, fired with { Event = "alert.silenced", Alerts = [outage] }, fired with { Event = "alert.resolved", Alerts = [outage] }])
        {
            (await pagerDuty.SendAsync(notification, "evt_1", Cancellation)).ShouldBeOfType<DeliveryOutcome.Delivered>();
        }

        receiver.Posts.Select(static post => (post.Json.GetProperty("event_action").GetString(), post.Json.GetProperty("dedup_key").GetString()))
            .ShouldBe([("trigger", "alr_1"), ("trigger", "alr_2"), ("acknowledge", "alr_1"), ("resolve", "alr_1")]);
        receiver.Posts[0].Body.ShouldBe("""
            {"routing_key":"0123456789abcdef0123456789abcdef","event_action":"trigger","dedup_key":"alr_1","payload":{"summary":"provider-outage: Provider openai failed 20 of 80 calls.","source":"paddock.example","severity":"critical","timestamp":"1970-01-01T00:00:00+00:00","class":"provider-outage","component":"openai","custom_details":{"says":"Provider openai failed 20 of 80 calls."}},"client":"Paddock","client_url":"https://paddock.example/alerts"}
            """.Trim());
        receiver.Posts[1].Json.GetProperty("payload").GetProperty("severity").GetString().ShouldBe("warning");
        receiver.Posts[1].Json.GetProperty("payload").GetProperty("component").GetString().ShouldBe("everything");
    }

    [Theory]
    [InlineData(429, typeof(DeliveryOutcome.TryAgain), 1)]
    [InlineData(400, typeof(DeliveryOutcome.Refused), 2)]
    public async Task One_that_is_refused_keeps_back_no_other_and_one_that_must_wait_does(int status, Type outcome, int posts)
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = number => number == 1 ? status : 202;
        using var pagerDuty = Of(receiver);

        (await pagerDuty.SendAsync(fired, "evt_1", Cancellation)).ShouldBeOfType(outcome);

        receiver.Posts.Length.ShouldBe(posts);
    }

    [Fact]
    public async Task Of_alerts_that_are_told_together_none_below_its_severity_goes_there()
    {
        await using var receiver = await Receiver.StartAsync();
        using var pages = new PagerDuty(new(new("0123456789abcdef")) { Uri = new(receiver.Url), Filter = new(["alert.*"], AlertSeverity.Page) }, new(null));

        (await pages.SendAsync(fired, "evt_1", Cancellation)).ShouldBeOfType<DeliveryOutcome.Delivered>();

        receiver.Posts.ShouldHaveSingleItem().Json.GetProperty("dedup_key").GetString().ShouldBe("alr_1");
    }

    [Fact]
    public void It_takes_alerts_alone_and_none_below_its_severity()
    {
        using var all = new PagerDuty(new(new("0123456789abcdef")), new(null));
        using var pages = new PagerDuty(new(new("0123456789abcdef")) { Filter = new(["alert.*"], AlertSeverity.Page) }, new(null));

        all.Takes(fired).ShouldBeTrue();
        all.Takes(fired with { Alerts = [] }).ShouldBeFalse();
        pages.Takes(fired).ShouldBeTrue();
        pages.Takes(fired with { Severity = AlertSeverity.Ticket }).ShouldBeFalse();
    }

    [Theory]
    [InlineData("http://pager.example/v2/enqueue", true)]
    [InlineData("http://127.0.0.1:1/v2/enqueue", false)]
    [InlineData("https://events.eu.pagerduty.com/v2/enqueue", false)]
    public void The_routing_key_goes_over_https_alone_but_to_this_machine(string address, bool refused) => (ReceiverBinding.RefusalOf(address, withSecret: true) is not null).ShouldBe(refused);

    private static PagerDuty Of(Receiver receiver) => new(new(new("0123456789abcdef0123456789abcdef")) { Uri = new(receiver.Url) }, new(new("https://paddock.example/")));
}
