namespace Paddock.Core.Notifications;

/// <summary>Where nobody is to be told.</summary>
public sealed class NoNotifications : INotifications
{
    public void Post(Notification notification)
    {
    }

    public Task PostOnceAsync(Notification notification, string key, CancellationToken cancellationToken) => Task.CompletedTask;
}
