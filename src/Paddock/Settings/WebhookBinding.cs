using Paddock.Core.Identity;
using Paddock.Core.Notifications;

namespace Paddock.Settings;

/// <summary>Works out where notifications are posted. Address and secret are never quoted in a fault.</summary>
internal static class WebhookBinding
{
    /// <summary>Not a setting: it must not stand in a file that people copy about.</summary>
    public const string SecretVariable = "PADDOCK_NOTIFICATIONS_WEBHOOK_SECRET";

    public static WebhookSettings? Bind(SettingsBinder binder, IReadOnlyDictionary<string, string> environment)
    {
        var address = ReceiverBinding.OneOf(binder, KnownSettings.WebhookUrl, binder.Text(KnownSettings.WebhookUrl), KnownSettings.WebhookUrlFile);
        var secret = ReceiverBinding.OneOf(binder, KnownSettings.WebhookSecretFile, environment.GetValueOrDefault(SecretVariable) is { Length: > 0 } said ? said : null, KnownSettings.WebhookSecretFile);
        var filter = ReceiverBinding.Filter(binder, KnownSettings.WebhookEvents, KnownSettings.WebhookSeverity);
        if (address is null)
        {
            return null;
        }

        if (ReceiverBinding.RefusalOf(address) is { } refusal)
        {
            binder.Fault(binder.Has(KnownSettings.WebhookUrl) ? KnownSettings.WebhookUrl : KnownSettings.WebhookUrlFile, refusal);
            return null;
        }

        Secret[] secrets = [.. (secret ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(static line => new Secret(line))];
        if (FaultOf(secrets) is { } fault)
        {
            binder.Fault(KnownSettings.WebhookSecretFile, fault);
            return null;
        }

        return new(new Secret(address), secrets) { Filter = filter };
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

    private static string? FaultOf(Secret[] secrets) => secrets switch
    {
        _ when secrets.Length == 0 || secrets.Any(static one => one.Reveal().Length < WebhookSettings.ShortestSecret) =>
            $"Notifications are signed, so that their receiver can tell them from anybody else's: give a secret of at least {WebhookSettings.ShortestSecret} characters in this file or in {SecretVariable}.",
        { Length: > WebhookSettings.MostSecrets } => "One secret signs, or two while they change, each in a line of its own.",
        _ when !secrets.All(WebhookSignature.IsSecret) => "What comes after whsec_ is no base64; give the secret as it was made, such as of openssl rand -base64 32.",
        _ => null,
    };
}
