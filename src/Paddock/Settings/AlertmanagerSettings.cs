using Paddock.Core.Alerts;
using Paddock.Core.Identity;

namespace Paddock.Settings;

/// <summary>Alertmanagers that get the open alerts.</summary>
/// <param name="Addresses">Of each of a cluster, as it wants it: without <c>/api/v2/alerts</c>.</param>
internal sealed record AlertmanagerSettings(IReadOnlyList<Uri> Addresses)
{
    /// <summary>Not a setting: it must not stand in a file that people copy about.</summary>
    public const string TokenVariable = "PADDOCK_NOTIFICATIONS_ALERTMANAGER_TOKEN";

    /// <summary>Sent along as a bearer; null = none is wanted.</summary>
    public Secret? Token { get; init; }

    /// <summary>Certificates (PEM) trusted for them instead of the machine's authorities; null = those.</summary>
    public string? CaFile { get; init; }

    public AlertSeverity Least { get; init; } = AlertSeverity.Ticket;

    public static AlertmanagerSettings? Bind(SettingsBinder binder, IReadOnlyDictionary<string, string> environment)
    {
        var token = ReceiverBinding.OneOf(binder, KnownSettings.AlertmanagerTokenFile, environment.GetValueOrDefault(TokenVariable) is { Length: > 0 } said ? said.Trim() : null, KnownSettings.AlertmanagerTokenFile);
        var least = ReceiverBinding.Severity(binder, KnownSettings.AlertmanagerSeverity);
        var addresses = new List<Uri>();
        foreach (var text in binder.List(KnownSettings.AlertmanagerUrls) ?? [])
        {
            if (ReceiverBinding.RefusalOf(text, withSecret: token is not null) is { } refusal)
            {
                binder.Fault(KnownSettings.AlertmanagerUrls, refusal);
                continue;
            }

            addresses.Add(new(text));
        }

        if (token?.Any(static c => c is < '!' or > '~') is true)
        {
            binder.Fault(KnownSettings.AlertmanagerTokenFile, "A token is one line of visible ASCII characters.");
        }

        return addresses.Count == 0 ? null : new(addresses) { Token = token is null ? null : new(token), CaFile = binder.PathOf(KnownSettings.AlertmanagerCaFile), Least = least };
    }
}
