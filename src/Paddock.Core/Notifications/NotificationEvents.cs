using System.Collections.Immutable;

namespace Paddock.Core.Notifications;

/// <summary>What can be told of.</summary>
public static class NotificationEvents
{
    /// <summary>What event ids begin with, before the point.</summary>
    public static readonly ImmutableArray<string> Families = ["alert", "approval", "audit", "client", "containment", "disk", "incident", "release", "runbook", "task", "tool"];
}
