using System.Collections.Concurrent;
using System.Collections.Immutable;
using Paddock.Core.Notifications;

namespace Paddock.Testing;

/// <summary>An outlet that remembers what people were told.</summary>
public sealed class ToldNotifications : INotifications
{
    private readonly ConcurrentQueue<Notification> all = new();
    private readonly ConcurrentDictionary<string, Notification> kept = new(StringComparer.Ordinal);

    /// <summary>In their order.</summary>
    public ImmutableArray<Notification> All => [.. all];

    /// <summary>Of all, their events.</summary>
    public IEnumerable<string> Events => all.Select(static one => one.Event);

    /// <summary>Why nothing is kept at the moment.</summary>
    public Exception? Fault { get; set; }

    /// <summary>Those of one family, such as <c>approval</c>.</summary>
    public ImmutableArray<Notification> Of(string family) => [.. all.Where(one => one.Event.StartsWith(family + ".", StringComparison.Ordinal))];

    public void Post(Notification notification) => all.Enqueue(notification);

    public Task PostOnceAsync(Notification notification, string key, CancellationToken cancellationToken)
    {
        if (Fault is { } fault)
        {
            return Task.FromException(fault);
        }

        if (kept.TryAdd(key, notification))
        {
            all.Enqueue(notification);
        }

        return Task.CompletedTask;
    }
}
