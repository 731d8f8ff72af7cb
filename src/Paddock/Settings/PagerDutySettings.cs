using Paddock.Core.Identity;

namespace Paddock.Settings;

/// <summary>A service of PagerDuty.</summary>
/// <param name="RoutingKey">Whoever has it can call people.</param>
internal sealed record PagerDutySettings(Secret RoutingKey)
{
    /// <summary>Not a setting: it must not stand in a file that people copy about.</summary>
    public const string KeyVariable = "PADDOCK_NOTIFICATIONS_PAGERDUTY_KEY";

    private const string Events = "https://events.pagerduty.com/v2/enqueue";

    private const int ShortestKey = 16;

    /// <summary>Of the Events API v2.</summary>
    public Uri Uri { get; init; } = new(Events);

    /// <summary>Alerts alone.</summary>
    public NotificationFilter Filter { get; init; } = AlertsAlone;

    private static NotificationFilter AlertsAlone => new(["alert.*"]);

    public static PagerDutySettings? Bind(SettingsBinder binder, IReadOnlyDictionary<string, string> environment)
    {
        var key = ReceiverBinding.OneOf(binder, KnownSettings.PagerDutyKeyFile, environment.GetValueOrDefault(KeyVariable) is { Length: > 0 } said ? said.Trim() : null, KnownSettings.PagerDutyKeyFile);
        var address = binder.Text(KnownSettings.PagerDutyUrl) ?? Events;
        var severity = ReceiverBinding.Severity(binder, KnownSettings.PagerDutySeverity);
        if (key is null)
        {
            return null;
        }

        if (ReceiverBinding.RefusalOf(address, withSecret: true) is { } refusal)
        {
            binder.Fault(KnownSettings.PagerDutyUrl, refusal);
            return null;
        }

        if (key.Length < ShortestKey || key.Any(static c => !char.IsAsciiLetterOrDigit(c)))
        {
            binder.Fault(KnownSettings.PagerDutyKeyFile, "This is no routing key; an integration of the kind Events API v2 shows one of 32 letters and digits.");
            return null;
        }

        return new(new Secret(key)) { Uri = new(address), Filter = AlertsAlone with { Least = severity } };
    }
}
