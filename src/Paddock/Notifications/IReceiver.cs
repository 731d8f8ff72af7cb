using Paddock.Core.Notifications;

namespace Paddock.Notifications;

/// <summary>Somewhere that notifications go.</summary>
internal interface IReceiver
{
    /// <summary>As the settings name it, such as <c>slack</c>.</summary>
    string Name { get; }

    /// <summary>What may be shown of where it goes.</summary>
    string Host { get; }

    bool Takes(Notification notification);

    /// <summary>One try. Throws for nothing but its cancellation.</summary>
    /// <param name="id">The same for every try, so that a receiver can tell a repetition.</param>
    Task<DeliveryOutcome> SendAsync(Notification notification, string id, CancellationToken cancellationToken);
}
