using System.Diagnostics.Metrics;

namespace Paddock.Notifications;

/// <summary>Whether people are reached.</summary>
internal sealed class NotificationMetrics
{
    public const string Name = "Paddock.Notifications";

    private readonly Counter<long> notifications;

    public NotificationMetrics(IMeterFactory factory) =>
        notifications = factory.Create(Name).CreateCounter<long>("paddock.notifications", "{notification}", "Notifications by what became of them: delivered, failed or dropped.");

    public void Delivered() => Count("delivered");

    public void Failed() => Count("failed");

    public void Dropped() => Count("dropped");

    private void Count(string outcome) => notifications.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
}
