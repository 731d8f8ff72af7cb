using System.Collections.Immutable;

namespace Paddock.Core.Notifications;

/// <summary>A notification that must not be lost, for one receiver.</summary>
/// <param name="Id">As receivers see it, the same for every try and every receiver.</param>
/// <param name="Receiver">Its name in the settings, such as <c>slack</c>.</param>
/// <param name="Tries">That failed already.</param>
public sealed record Notice(string Id, string Receiver, Notification Notification, DateTimeOffset PostedAt, int Tries);

/// <summary>What becomes of a notice.</summary>
public enum NoticeState
{
    Waiting,
    Delivered,
    /// <summary>Its receiver does not want it, or was away for too long.</summary>
    GivenUp,
}

/// <summary>Notifications that are kept until they are delivered.</summary>
public interface INotices
{
    /// <summary>How long one is remembered, from when it was posted: far longer than it is worth trying.</summary>
    public static readonly TimeSpan Keep = TimeSpan.FromDays(30);

    /// <summary>Durable when it completes. What was posted under this key before is left as it is.</summary>
    Task AddAsync(Notification notification, string key, IReadOnlyCollection<string> receivers, CancellationToken cancellationToken);

    /// <summary>Those of a receiver that are to be tried now, oldest first; none where another process delivers.</summary>
    Task<ImmutableArray<Notice>> DueAsync(string receiver, int most, CancellationToken cancellationToken);

    /// <summary>What came of a try.</summary>
    /// <param name="dueAt">When it is tried next; of one that is over nothing.</param>
    /// <param name="said">Why it failed.</param>
    Task NoteAsync(Notice notice, NoticeState state, DateTimeOffset? dueAt, string? said, CancellationToken cancellationToken);

    /// <summary>Removes those that are older than <see cref="Keep"/>, also of receivers that the settings no longer have.</summary>
    Task ForgetAsync(CancellationToken cancellationToken);
}
