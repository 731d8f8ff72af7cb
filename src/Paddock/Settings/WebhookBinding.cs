using System.Net;
using Paddock.Core.Identity;
using Paddock.Core.Models;

namespace Paddock.Settings;

/// <summary>Works out where notifications go. Address and secret are never quoted in a fault.</summary>
internal static class WebhookBinding
{
    /// <summary>Not a setting: it must not stand in a file that people copy about.</summary>
    public const string SecretVariable = "PADDOCK_NOTIFICATIONS_WEBHOOK_SECRET";

    public static WebhookSettings? Bind(SettingsBinder binder, IReadOnlyDictionary<string, string> environment)
    {
        var address = OneOf(binder, KnownSettings.WebhookUrl, binder.Text(KnownSettings.WebhookUrl), KnownSettings.WebhookUrlFile);
        var secret = OneOf(binder, KnownSettings.WebhookSecretFile, environment.GetValueOrDefault(SecretVariable) is { Length: > 0 } said ? said : null, KnownSettings.WebhookSecretFile);
        if (address is null)
        {
            return null;
        }

        if (RefusalOf(address) is { } refusal)
        {
            binder.Fault(binder.Has(KnownSettings.WebhookUrl) ? KnownSettings.WebhookUrl : KnownSettings.WebhookUrlFile, refusal);
            return null;
        }

        if (secret is not { Length: >= WebhookSettings.ShortestSecret })
        {
            binder.Fault(KnownSettings.WebhookSecretFile, $"Notifications are signed, so that their receiver can tell them from anybody else's: give a secret of at least {WebhookSettings.ShortestSecret} characters in this file or in {SecretVariable}.");
            return null;
        }

        return new(new Secret(address), new Secret(secret));
    }

    /// <summary>How operators' browsers reach the console: as it was said, else the loopback address it listens on.</summary>
    public static Uri? PublicUrl(SettingsBinder binder, IReadOnlyList<ListenerSettings> listeners)
    {
        if (binder.Text(KnownSettings.OperatorsPublicUrl) is not { } text)
        {
            return listeners.FirstOrDefault(listener => (listener.Sides & ListenerSides.Operators) != ListenerSides.None && listener.Address is { IsLoopback: true, Port: > 0 }) is { } local ? new(local.Address.ToString()) : null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url is { UserInfo: "", Query: "", Fragment: "" })
        {
            return url;
        }

        binder.Fault(KnownSettings.OperatorsPublicUrl, "Expected an address as browsers use it, such as https://paddock.example.");
        return null;
    }

    private static string? RefusalOf(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.UserInfo.Length > 0)
        {
            return "This is no http or https address.";
        }

        return EgressRule.IsForbidden(url.DnsSafeHost) || (IPAddress.TryParse(url.DnsSafeHost, out var literal) && EgressRule.IsForbidden(literal))
            ? "This is an address of a metadata service or of no machine at all; nobody listens for notifications there."
            : null;
    }

    private static string? OneOf(SettingsBinder binder, SettingDefinition blamed, string? text, SettingDefinition fileSetting)
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
}
