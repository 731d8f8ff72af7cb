using Paddock.Core.Identity;

namespace Paddock.Settings;

/// <summary>Where notifications are posted.</summary>
/// <param name="Address">A secret too: whoever has a chat's address can post there.</param>
/// <param name="Secrets">What posts are signed with; two while they change.</param>
internal sealed record WebhookSettings(Secret Address, IReadOnlyList<Secret> Secrets)
{
    public const int ShortestSecret = 16;

    public const int MostSecrets = 2;

    public NotificationFilter Filter { get; init; } = NotificationFilter.All;

    public Uri Uri => new(Address.Reveal());
}
