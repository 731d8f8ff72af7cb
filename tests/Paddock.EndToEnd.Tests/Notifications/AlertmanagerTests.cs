using Microsoft.Extensions.Time.Testing;
using Paddock.Core.Alerts;
using Paddock.Core.Notifications;
using Paddock.EndToEnd.Tests.Hosting;
using Paddock.Notifications;
using Paddock.Settings;

namespace Paddock.EndToEnd.Tests.Notifications;

/// <summary>Open alerts for Alertmanager: its form, and what a real one makes of it.</summary>
public class AlertmanagerTests
{
    private static readonly (NotifiedAlert Alert, string? Owner) openai = (new("alr_1", "provider-outage", "openai", AlertSeverity.Page, DateTimeOffset.UnixEpoch, "Provider openai failed 20 of 80 calls."), "platform");
    private static readonly (NotifiedAlert Alert, string? Owner) anthropic = (openai.Alert with { Key = "alr_2", Subject = "anthropic" }, "platform");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_real_one_groups_alerts_of_a_rule_and_hears_of_their_end()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var real = await PrivateAlertmanager.StartAsync(receiver.Url, Cancellation);
        using var alertmanager = new Alertmanager(real.Address, new([real.Address]), new(new("https://paddock.example/")), TimeProvider.System);

        (await alertmanager.SendAsync([openai, anthropic], Cancellation)).ShouldBeOfType<DeliveryOutcome.Delivered>();

        await Eventually.IsAsync(() => Task.FromResult(receiver.Posts.Length > 0), () => "Nothing was posted.", Cancellation);
        var group = receiver.Posts[0].Json;
        group.GetProperty("status").GetString().ShouldBe("firing");
        group.GetProperty("commonLabels").GetProperty("alertname").GetString().ShouldBe("provider-outage");
        group.GetProperty("commonLabels").GetProperty("owner").GetString().ShouldBe("platform");
        group.GetProperty("commonAnnotations").GetProperty("summary").GetString().ShouldBe("Provider openai failed 20 of 80 calls.");
        group.GetProperty("alerts").EnumerateArray().Select(static one => one.GetProperty("labels").GetProperty("subject").GetString()).ShouldBe(["openai", "anthropic"], ignoreOrder: true);
        (await real.ActiveAsync(Cancellation)).ShouldBe(["provider-outage anthropic", "provider-outage openai"]);

        (await alertmanager.SendAsync([anthropic], Cancellation)).ShouldBeOfType<DeliveryOutcome.Delivered>();

        await Eventually.IsAsync(async () => (await real.ActiveAsync(Cancellation)) is ["provider-outage anthropic"], () => "It still holds both for open.", Cancellation);
    }

    [Fact]
    public async Task What_is_open_is_told_again_every_minute_and_what_ended_once_it_was_taken_no_more()
    {
        await using var receiver = await Receiver.StartAsync();
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        using var alertmanager = Of(receiver, time);

        (await alertmanager.SendAsync([], Cancellation)).ShouldBeNull();
        (await alertmanager.SendAsync([openai], Cancellation)).ShouldBeOfType<DeliveryOutcome.Delivered>();
        (await alertmanager.SendAsync([openai], Cancellation)).ShouldBeNull();
        time.Advance(TimeSpan.FromMinutes(1));
        (await alertmanager.SendAsync([openai], Cancellation)).ShouldBeOfType<DeliveryOutcome.Delivered>();
        receiver.Answer = _ => 503;
        (await alertmanager.SendAsync([], Cancellation)).ShouldBeOfType<DeliveryOutcome.TryAgain>();
        receiver.Answer = _ => 200;
        time.Advance(TimeSpan.FromSeconds(5));
        (await alertmanager.SendAsync([], Cancellation)).ShouldBeOfType<DeliveryOutcome.Delivered>();
        (await alertmanager.SendAsync([], Cancellation)).ShouldBeNull();

        receiver.Posts.Select(static post => post.Json[0].GetProperty("endsAt").GetDateTimeOffset()).Select(static at => (at - DateTimeOffset.UnixEpoch).TotalSeconds).ShouldBe([300, 360, 60, 60]);
    }

    [Fact]
    public async Task Where_another_process_tells_nothing_ends_because_this_one_is_silent()
    {
        await using var receiver = await Receiver.StartAsync();
        using var alertmanager = Of(receiver, TimeProvider.System);
        await alertmanager.SendAsync([openai], Cancellation);

        alertmanager.Forget();

        (await alertmanager.SendAsync([], Cancellation)).ShouldBeNull();
        receiver.Posts.Length.ShouldBe(1);
    }

    [Fact]
    public async Task It_has_its_labels_and_the_token()
    {
        await using var receiver = await Receiver.StartAsync();
        using var alertmanager = Of(receiver, new FakeTimeProvider(DateTimeOffset.UnixEpoch), new("canary-token"));

        await alertmanager.SendAsync([(openai.Alert with { Subject = "" }, null)], Cancellation);

        var post = receiver.Posts.ShouldHaveSingleItem();
        post.Headers["Authorization"].ShouldBe("Bearer canary-token");
        post.Body.ShouldBe("""
            [{"labels":{"alertname":"provider-outage","source":"paddock","severity":"page"},"annotations":{"summary":"Provider openai failed 20 of 80 calls.","alert":"alr_1"},"startsAt":"1970-01-01T00:00:00+00:00","endsAt":"1970-01-01T00:05:00+00:00"}]
            """.Trim());
    }

    [Theory]
    [InlineData(true, null, AlertSeverity.Page, true)]
    [InlineData(false, null, AlertSeverity.Page, false)] // it follows from another
    [InlineData(true, "sil_1", AlertSeverity.Page, false)]
    [InlineData(true, null, AlertSeverity.Ticket, false)]
    public void What_people_would_be_told_of_goes_there(bool told, string? silence, AlertSeverity severity, bool tells)
    {
        var alert = new Alert { Id = "alr_1", Rule = "outage", Subject = "", Severity = severity, BeganAt = DateTimeOffset.UnixEpoch, SeenAt = DateTimeOffset.UnixEpoch, Says = "it is so", ToldAt = told ? DateTimeOffset.UnixEpoch : null, Silence = silence };

        AlertmanagerLoop.Tells(alert, AlertSeverity.Page).ShouldBe(tells);
    }

    [Theory]
    [InlineData("PADDOCK_NOTIFICATIONS_ALERTMANAGER_URLS", "alertmanager:9093", "no http or https address")]
    [InlineData("PADDOCK_NOTIFICATIONS_ALERTMANAGER_URLS", "http://169.254.169.254", "metadata service")]
    [InlineData("PADDOCK_NOTIFICATIONS_ALERTMANAGER_TOKEN", "canary token", "visible ASCII")]
    [InlineData("PADDOCK_NOTIFICATIONS_ALERTMANAGER_TOKEN", "canary-token", "must be an https address")]
    public async Task A_wrong_setting_ends_the_start_and_says_what_is_expected(string variable, string value, string says)
    {
        using var place = new Installation();

        var refused = await place.RunAsync(["serve", "--urls", "http://127.0.0.1:0"], new Dictionary<string, string> { ["PADDOCK_NOTIFICATIONS_ALERTMANAGER_URLS"] = "http://alertmanager.example:9093", [variable] = value });

        refused.Code.ShouldBe(2);
        refused.Errors.ShouldContain(says);
        refused.Errors.ShouldNotContain("canary");
    }

    private static Alertmanager Of(Receiver receiver, TimeProvider time, Core.Identity.Secret? token = null)
    {
        var address = new Uri(receiver.Url.Replace("/hook", "/", StringComparison.Ordinal));
        return new(address, new([address]) { Token = token }, new(null), time);
    }
}
