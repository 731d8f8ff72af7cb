using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Paddock.Core.Notifications;
using Paddock.Notifications;

namespace Paddock.EndToEnd.Tests.Notifications;

/// <summary>What comes of notices, against a real receiver.</summary>
public class NoticeLoopTests
{
    private static readonly Notice notice = new("evt_1", "webhook", new() { Event = "alert.fired", At = DateTimeOffset.UnixEpoch, Text = "It burns." }, DateTimeOffset.UnixEpoch, Tries: 1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(200, 0, NoticeState.Delivered, null)]
    [InlineData(503, 0, NoticeState.Waiting, 4)]
    [InlineData(503, 3, NoticeState.GivenUp, null)]
    [InlineData(404, 0, NoticeState.GivenUp, null)]
    public async Task A_try_is_noted_and_what_failed_comes_again_for_three_days(int status, int days, NoticeState state, int? pause)
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = _ => status;
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddDays(days));
        using var webhook = new Webhook(new(new(receiver.Url), [new(Receiver.Secret)]), time);
        var notices = new OneNotice();
        var metrics = new NotificationMetrics(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());
        using var loop = new NoticeLoop([webhook], notices, metrics, time, NullLogger<NoticeLoop>.Instance);

        await loop.DeliverAsync(webhook, Cancellation);

        receiver.Posts.ShouldHaveSingleItem().Headers["webhook-id"].ShouldBe("evt_1");
        notices.State.ShouldBe(state);
        notices.DueAt.ShouldBe(pause is { } seconds ? time.GetUtcNow().AddSeconds(seconds) : null);
    }

    /// <summary>One notice, which is always due.</summary>
    private sealed class OneNotice : INotices
    {
        public NoticeState? State { get; private set; }

        public DateTimeOffset? DueAt { get; private set; }

        public Task AddAsync(Notification notification, string key, IReadOnlyCollection<string> receivers, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<ImmutableArray<Notice>> DueAsync(string receiver, int most, CancellationToken cancellationToken) => Task.FromResult<ImmutableArray<Notice>>([notice]);

        public Task NoteAsync(Notice notice, NoticeState state, DateTimeOffset? dueAt, string? said, CancellationToken cancellationToken)
        {
            (State, DueAt) = (state, dueAt);
            return Task.CompletedTask;
        }

        public Task ForgetAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
