using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Paddock.Core.Alerts;
using Paddock.Core.Notifications;
using Paddock.EndToEnd.Tests.Hosting;
using Paddock.Notifications;
using Paddock.Settings;

namespace Paddock.EndToEnd.Tests.Notifications;

public class SlackTests
{
    private static readonly Notification notification = new() { Event = "alert.fired", At = DateTimeOffset.UnixEpoch, Text = "PAGE outage", Severity = AlertSeverity.Page, Link = "https://paddock.example/alerts" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_channel_gets_a_text_blocks_and_a_button_with_the_link()
    {
        await using var receiver = await Receiver.StartAsync();
        using var slack = new Slack(new(new(receiver.Url)));

        (await slack.SendAsync(notification, "evt_1", Cancellation)).ShouldBeOfType<DeliveryOutcome.Delivered>();

        var body = receiver.Posts.ShouldHaveSingleItem().Json;
        body.GetProperty("text").GetString().ShouldBe("PAGE outage");
        var blocks = body.GetProperty("blocks").EnumerateArray().ToArray();
        blocks.Select(block => block.GetProperty("type").GetString()).ShouldBe(["section", "context", "actions"]);
        blocks[2].GetProperty("elements")[0].GetProperty("url").GetString().ShouldBe("https://paddock.example/alerts");
    }

    [Fact]
    public async Task A_receiver_that_is_away_holds_up_no_other()
    {
        await using var ill = await Receiver.StartAsync();
        await using var well = await Receiver.StartAsync();
        ill.Answer = _ => 503;
        using var webhook = new Webhook(new(new(ill.Url), [new(Receiver.Secret)]), TimeProvider.System);
        using var slack = new Slack(new(new(well.Url)));
        var metrics = new NotificationMetrics(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());
        using var outlet = new Outlet([webhook, slack], new NoNotices(), metrics, TimeProvider.System, NullLogger<Outlet>.Instance);
        await outlet.StartAsync(Cancellation);

        outlet.Post(notification);
        outlet.Post(notification);

        await Eventually.IsAsync(() => Task.FromResult(well.Posts.Length == 2), () => $"{well.Posts.Length} of 2 posts came.", Cancellation);
        await outlet.StopAsync(Cancellation);
    }

    [Theory]
    [InlineData("alert.*", true)]
    [InlineData("alert.fired", true)]
    [InlineData("*", true)]
    [InlineData("alert.resolved", false)]
    [InlineData("approval.*", false)]
    public void A_receiver_takes_the_events_that_it_was_set_to(string pattern, bool takes) => new NotificationFilter([pattern]).Takes(notification).ShouldBe(takes);

    [Fact]
    public void Of_alerts_none_below_the_severity_go_out_and_what_has_none_does()
    {
        var pages = new NotificationFilter(["*"], AlertSeverity.Page);

        pages.Takes(notification with { Severity = AlertSeverity.Ticket }).ShouldBeFalse();
        pages.Takes(notification).ShouldBeTrue();
        pages.Takes(notification with { Severity = null }).ShouldBeTrue();
    }

    [Theory]
    [InlineData("PADDOCK_NOTIFICATIONS_SLACK_EVENTS", "alerts.*", "Did you mean 'alert.*'?")]
    [InlineData("PADDOCK_NOTIFICATIONS_SLACK_SEVERITY", "high", "page, ticket")]
    [InlineData("PADDOCK_NOTIFICATIONS_SLACK_URL", "chat", "no http or https address")]
    [InlineData("PADDOCK_NOTIFICATIONS_PAGERDUTY_KEY", "canary-key", "no routing key")]
    [InlineData("PADDOCK_NOTIFICATIONS_PAGERDUTY_SEVERITY", "high", "page, ticket")]
    public async Task A_wrong_setting_ends_the_start_and_says_what_is_expected(string variable, string value, string says)
    {
        using var place = new Installation();

        var refused = await place.RunAsync(["serve", "--urls", "http://127.0.0.1:0"], new Dictionary<string, string> { [variable] = value });

        refused.Code.ShouldBe(2);
        refused.Errors.ShouldContain(variable.EndsWith("_KEY", StringComparison.Ordinal) ? "notifications.pagerduty.keyFile" : variable);
        refused.Errors.ShouldContain(says);
        refused.Errors.ShouldNotContain("canary");
    }
}
