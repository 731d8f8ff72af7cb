using Paddock.Core.Identity;

namespace Paddock.Settings;

/// <summary>A channel of Slack.</summary>
/// <param name="Address">Its incoming webhook; whoever has it can post there.</param>
internal sealed record SlackSettings(Secret Address)
{
    public NotificationFilter Filter { get; init; } = NotificationFilter.All;

    public Uri Uri => new(Address.Reveal());

    public static SlackSettings? Bind(SettingsBinder binder)
    {
        var address = ReceiverBinding.OneOf(binder, KnownSettings.SlackUrl, binder.Text(KnownSettings.SlackUrl), KnownSettings.SlackUrlFile);
        var filter = ReceiverBinding.Filter(binder, KnownSettings.SlackEvents, KnownSettings.SlackSeverity);
        if (address is null)
        {
            return null;
        }

        if (ReceiverBinding.RefusalOf(address) is not { } refusal)
        {
            return new(new Secret(address)) { Filter = filter };
        }

        binder.Fault(binder.Has(KnownSettings.SlackUrl) ? KnownSettings.SlackUrl : KnownSettings.SlackUrlFile, refusal);
        return null;
    }
}
