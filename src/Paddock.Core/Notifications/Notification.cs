using System.Collections.Immutable;
using Paddock.Core.Alerts;

namespace Paddock.Core.Notifications;

/// <summary>Something that somebody outside should hear of. Holds no content of calls and no secret: it goes to a chat.</summary>
public sealed record Notification
{
    /// <summary>Its event id, such as <c>approval.requested</c>; every one there is stands in docs/notifications.md.</summary>
    public required string Event { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>One line for people. Texts that came from a wire are taken in as values (<see cref="Facts"/>), or through <see cref="ChatText.Of"/>.</summary>
    public required string Text { get; init; }

    /// <summary>Names in camel case.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Facts { get; init; } = [];

    /// <summary>Where to look; null when nobody said how the console is reached.</summary>
    public string? Link { get; init; }

    /// <summary>What it asks of whoever gets it; null = nobody said.</summary>
    public AlertSeverity? Severity { get; init; }

    /// <summary>The alerts that it tells of, for receivers that keep a book of alerts themselves.</summary>
    public ImmutableArray<NotifiedAlert> Alerts { get; init; } = [];
}
