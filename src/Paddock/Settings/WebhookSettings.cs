using Paddock.Core.Identity;

namespace Paddock.Settings;

/// <summary>Where notifications are posted.</summary>
/// <param name="Address">A secret too: whoever has a chat's address can post there.</param>
/// <param name="Secret">What posts are signed with.</param>
internal sealed record WebhookSettings(Secret Address, Secret Secret)
{
    public const int ShortestSecret = 16;

    public Uri Uri => new(Address.Reveal());
}
