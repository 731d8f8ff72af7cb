namespace Paddock.Core.Notifications;

/// <summary>The outlet for everything that says "notify".</summary>
public interface INotifications
{
    /// <summary>Hands a notification over. Never waits and never throws; what cannot be delivered in the end is counted and logged.</summary>
    void Post(Notification notification);

    /// <summary>
    /// Hands over what must not be lost and not be told twice: when the task completes, it is in the database, and is delivered from there,
    /// whatever process ends. A receiver may still get it again after a crash, with the same <c>webhook-id</c>.
    /// </summary>
    /// <param name="key">Names what is told; whatever is posted under it later is the same, and left out.</param>
    /// <exception cref="System.Data.Common.DbException">The database is away: nothing was taken, post it again.</exception>
    Task PostOnceAsync(Notification notification, string key, CancellationToken cancellationToken);
}
