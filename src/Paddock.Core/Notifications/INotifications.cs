namespace Paddock.Core.Notifications;

/// <summary>The outlet for everything that says "notify".</summary>
public interface INotifications
{
    /// <summary>Hands a notification over. Never waits and never throws; what cannot be delivered in the end is counted and logged.</summary>
    void Post(Notification notification);
}
