using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Paddock.Core.Notifications;
using Paddock.EndToEnd.Tests.Approvals;
using Paddock.EndToEnd.Tests.Hosting;
using Paddock.Notifications;
using Paddock.Settings;

namespace Paddock.EndToEnd.Tests.Notifications;

/// <summary>The one outlet, against a real receiver.</summary>
public class WebhookTests
{
    private static readonly Notification notification = new() { Event = "approval.requested", At = DateTimeOffset.UnixEpoch, Text = "Approval wanted", Facts = [new("tool", "shell")] };

    private readonly NotificationMetrics metrics = new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_happens_to_an_approval_is_posted_signed_with_a_link_and_without_the_command()
    {
        await using var receiver = await Receiver.StartAsync();
        var alerts = new NotificationFilter(["alert.*"]); // the others start beside it, and have nothing to tell
        await using var served = await ServedApprovals.StartAsync(settings => settings with
        {
            Webhook = new(new(receiver.Url), [new(Receiver.Secret)]),
            PagerDuty = new(new(Receiver.Secret)) { Uri = new(receiver.Url) },
            Email = new("localhost", 1, MailSecurity.None, "paddock@example.org", ["ada@example.org"]) { Filter = alerts },
            Alertmanager = new([new(receiver.Url)]),
            OperatorsPublicUrl = new("https://paddock.example/"),
        });

        var asked = await served.AskAsync("echo canary-command");
        (await served.RunAsync(["approvals", "approve", asked.Id.Value], await served.KeyAsync("ada"))).Code.ShouldBe(0);
        await CountsAsync(receiver, 2);

        var (first, second) = (receiver.Posts[0], receiver.Posts[1]);
        first.Event.ShouldBe("approval.requested");
        first.Json.GetProperty("text").GetString().ShouldNotBeNull().ShouldEndWith($" https://paddock.example/approvals/{asked.Id}");
        first.Json.GetProperty("facts").GetProperty("requester").GetString().ShouldBe("dev");
        first.Headers["Paddock-Event"].ShouldBe("approval.requested");
        first.Headers["webhook-id"].ShouldBe(first.Json.GetProperty("id").GetString());
        second.Event.ShouldBe("approval.approved");
        second.Json.GetProperty("facts").GetProperty("decidedBy").GetString().ShouldBe("ada");
        receiver.Posts.ShouldAllBe(post => post.IsSigned(Receiver.Secret) && !post.IsSigned("another") && !post.Body.Contains("canary-command"));
    }

    [Fact]
    public async Task A_receiver_that_is_ill_is_tried_again_after_growing_pauses_with_the_same_id()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = number => number < 4 ? 503 : 200;
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        using var webhook = new Webhook(new(new(receiver.Url), [new(Receiver.Secret)]), time);
        using var outlet = new Outlet([webhook], new NoNotices(), metrics, time, NullLogger<Outlet>.Instance);
        await outlet.StartAsync(Cancellation);

        outlet.Post(notification);
        foreach (var pause in new[] { 1, 4, 16 })
        {
            var before = receiver.Posts.Length;
            await Eventually.IsAsync(
                () =>
                {
                    time.Advance(TimeSpan.FromSeconds(pause));
                    return Task.FromResult(receiver.Posts.Length > before);
                },
                () => $"It was not tried after {pause} s.", Cancellation);
        }

        await CountsAsync(receiver, 4);
        receiver.Posts.Select(post => post.Headers["webhook-id"]).Distinct().ShouldHaveSingleItem();
        var sent = receiver.Posts.Select(post => post.SentAt).ToArray();
        sent.Zip(sent.Skip(1), (one, next) => next - one).Zip([1, 4, 16], (pause, least) => pause >= least).ShouldAllBe(enough => enough);
        receiver.Posts.ShouldAllBe(post => post.IsSigned(Receiver.Secret));
        await outlet.StopAsync(Cancellation);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    public async Task What_is_refused_is_not_tried_again_and_the_next_goes_out(int status)
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = _ => status;
        using var webhook = new Webhook(new(new(receiver.Url), [new(Receiver.Secret)]), TimeProvider.System);
        using var outlet = new Outlet([webhook], new NoNotices(), metrics, TimeProvider.System, NullLogger<Outlet>.Instance);
        await outlet.StartAsync(Cancellation);

        outlet.Post(notification);
        outlet.Post(notification with { Event = "approval.denied" });

        await CountsAsync(receiver, 2);
        receiver.Posts.Select(post => post.Event).ShouldBe(["approval.requested", "approval.denied"]);
        await outlet.StopAsync(Cancellation);
    }

    /// <summary>A sign-in page that stands before the receiver for a while is no reason to lose a page.</summary>
    [Theory]
    [InlineData(302)]
    [InlineData(308)]
    public async Task What_is_sent_elsewhere_is_not_followed_but_tried_again(int status)
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = _ => status;
        using var webhook = new Webhook(new(new(receiver.Url), [new(Receiver.Secret)]), TimeProvider.System);

        (await webhook.SendAsync(notification, "evt_1", Cancellation)).ShouldBeOfType<DeliveryOutcome.TryAgain>();

        receiver.Posts.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task While_secrets_change_both_sign()
    {
        await using var receiver = await Receiver.StartAsync();
        using var webhook = new Webhook(new(new(receiver.Url), [new(Receiver.Secret), new("the secret after it")]), TimeProvider.System);

        (await webhook.SendAsync(notification, "evt_1", Cancellation)).ShouldBeOfType<DeliveryOutcome.Delivered>();

        var post = receiver.Posts.ShouldHaveSingleItem();
        post.IsSigned(Receiver.Secret).ShouldBeTrue();
        post.IsSigned("the secret after it").ShouldBeTrue();
        post.IsSigned("another").ShouldBeFalse();
    }

    [Fact]
    public async Task What_was_posted_before_a_stop_is_still_sent()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = number => number == 1 ? 503 : 200;
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        using var webhook = new Webhook(new(new(receiver.Url), [new(Receiver.Secret)]), time);
        using var outlet = new Outlet([webhook], new NoNotices(), metrics, time, NullLogger<Outlet>.Instance);
        await outlet.StartAsync(Cancellation);
        outlet.Post(notification);
        await CountsAsync(receiver, 1);
        outlet.Post(notification with { Event = "approval.denied" });

        await outlet.StopAsync(Cancellation);

        receiver.Posts.Select(post => post.Event).ShouldBe(["approval.requested", "approval.requested", "approval.denied"]);
    }

    [Fact]
    public async Task Whoever_posts_never_waits_and_a_forbidden_address_is_never_called()
    {
        using var webhook = new Webhook(new(new("http://169.254.169.254/latest"), [new(Receiver.Secret)]), TimeProvider.System);
        using var outlet = new Outlet([webhook], new NoNotices(), metrics, TimeProvider.System, NullLogger<Outlet>.Instance);

        for (var i = 0; i < 5_000; i++)
        {
            outlet.Post(notification);
        }

        (await webhook.SendAsync(notification, "evt_1", Cancellation)).ShouldBeOfType<DeliveryOutcome.TryAgain>().Said.ShouldBe("ConnectionError");
    }

    [Theory]
    [InlineData("not an address", "PADDOCK_NOTIFICATIONS_WEBHOOK_SECRET", "long enough a secret", "no http or https address")]
    [InlineData("http://169.254.169.254/x", "PADDOCK_NOTIFICATIONS_WEBHOOK_SECRET", "long enough a secret", "metadata service")]
    [InlineData("https://chat.example/canary-token", "PADDOCK_NOTIFICATIONS_WEBHOOK_SECRET", "short", "at least 16 characters")]
    [InlineData("https://chat.example/canary-token", "PADDOCK_NOTIFICATIONS_WEBHOOK_SECRET", "whsec_canary-token which is no base64", "no base64")]
    [InlineData("https://chat.example/canary-token", "PADDOCK_NOTIFICATIONS_WEBHOOK_SECRET", "long enough a secret\nlong enough a secret\nlong enough a secret", "two while they change")]
    [InlineData("https://chat.example/canary-token", "PADDOCK_NOTIFICATIONS_WEBHOOK_SECRE", "long enough a secret", "PADDOCK_NOTIFICATIONS_WEBHOOK_SECRET")]
    public async Task A_wrong_destination_ends_the_start_and_shows_no_secret(string url, string variable, string secret, string says)
    {
        using var place = new Installation();

        var refused = await place.RunAsync(["serve", "--urls", "http://127.0.0.1:0"], new Dictionary<string, string> { ["PADDOCK_NOTIFICATIONS_WEBHOOK_URL"] = url, [variable] = secret });

        refused.Code.ShouldBe(2);
        refused.Errors.ShouldContain(says);
        refused.Errors.ShouldNotContain("canary-token");
        refused.Errors.ShouldNotContain("long enough a secret");
    }

    private static Task CountsAsync(Receiver receiver, int posts) =>
        Eventually.IsAsync(() => Task.FromResult(receiver.Posts.Length >= posts), () => $"{receiver.Posts.Length} of {posts} posts came.", Cancellation);
}
