using System.Collections.Immutable;
using Paddock.Core.Notifications;

namespace Paddock.EndToEnd.Tests.Notifications;

/// <summary>Where nothing is kept.</summary>
internal sealed class NoNotices : INotices
{
    public Task AddAsync(Notification notification, string key, IReadOnlyCollection<string> receivers, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<ImmutableArray<Notice>> DueAsync(string receiver, int most, CancellationToken cancellationToken) => Task.FromResult(ImmutableArray<Notice>.Empty);

    public Task NoteAsync(Notice notice, NoticeState state, DateTimeOffset? dueAt, string? said, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task ForgetAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
