using System.Net;
using Paddock.Core.Alerts;
using Paddock.Core.Models;
using Paddock.Core.Notifications;
using Paddock.Core.Releases;

namespace Paddock.Settings;

/// <summary>What the settings of all receivers have in common. Addresses and secrets are never quoted in a fault.</summary>
internal static class ReceiverBinding
{
    private static readonly Dictionary<string, AlertSeverity> severities = new(StringComparer.Ordinal) { ["page"] = AlertSeverity.Page, ["ticket"] = AlertSeverity.Ticket };

    public static NotificationFilter Filter(SettingsBinder binder, SettingDefinition events, SettingDefinition severity)
    {
        var (known, patterns) = (NotificationEvents.Families, binder.List(events));
        foreach (var pattern in patterns ?? [])
        {
            var family = pattern.Split('.')[0];
            if (pattern != "*" && (!known.Contains(family, StringComparer.Ordinal) || !IsPattern(pattern, family)))
            {
                var meant = Suggestion.For(family, known) is { } near ? $" Did you mean '{near}.*'?" : "";
                binder.Fault(events, $"'{pattern}' is no event that can go there; expected such as alert.fired or alert.*, beginning with one of {string.Join(", ", known)}.{meant}");
            }
        }

        return new(patterns ?? NotificationFilter.All.Events, Severity(binder, severity));
    }

    public static AlertSeverity Severity(SettingsBinder binder, SettingDefinition severity) => binder.Choice(severity, severities, AlertSeverity.Ticket);

    /// <param name="withSecret">A secret is sent along, which nobody on the way may read.</param>
    public static string? RefusalOf(string address, bool withSecret = false)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.UserInfo.Length > 0)
        {
            return "This is no http or https address.";
        }

        if (withSecret && url.Scheme != "https" && !url.IsLoopback)
        {
            return "A secret is sent there, so it must be an https address.";
        }

        return EgressRule.IsForbidden(url.DnsSafeHost) || (IPAddress.TryParse(url.DnsSafeHost, out var literal) && EgressRule.IsForbidden(literal))
            ? "This is an address of a metadata service or of no machine at all; nobody listens for notifications there."
            : null;
    }

    /// <summary>A text that was said itself or in a file; saying it twice is a fault.</summary>
    /// <param name="blamed">Where <paramref name="text"/> was said.</param>
    public static string? OneOf(SettingsBinder binder, SettingDefinition blamed, string? text, SettingDefinition fileSetting)
    {
        if (binder.PathOf(fileSetting) is not { } file)
        {
            return text;
        }

        if (text is not null)
        {
            binder.Fault(blamed, "This is said twice: give it itself or a file with it, not both.");
        }

        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            binder.Fault(fileSetting, $"The file cannot be read: {fault.Message}");
            return null;
        }
    }

    private static bool IsPattern(string pattern, string family) =>
        pattern.Length > family.Length + 1 && pattern.AsSpan(family.Length + 1).TrimEnd('*').IndexOfAnyExceptInRange('_', 'z') < 0 && pattern.IndexOf('*', StringComparison.Ordinal) is var star && (star < 0 || star == pattern.Length - 1);
}
