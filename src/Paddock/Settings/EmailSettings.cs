using System.Net;
using MimeKit;
using Paddock.Core.Identity;
using Paddock.Core.Models;

namespace Paddock.Settings;

/// <summary>How the connection to a mail server is kept to itself.</summary>
internal enum MailSecurity
{
    /// <summary>TLS after a greeting in the clear; a server that does not offer it gets nothing.</summary>
    StartTls,

    /// <summary>TLS from the beginning.</summary>
    Tls,

    /// <summary>None: on this machine alone.</summary>
    None,
}

/// <summary>A mail server and who gets mail.</summary>
/// <param name="From">As a mail's header has it.</param>
internal sealed record EmailSettings(string Host, int Port, MailSecurity Security, string From, IReadOnlyList<string> To)
{
    /// <summary>Not a setting: it must not stand in a file that people copy about.</summary>
    public const string PasswordVariable = "PADDOCK_NOTIFICATIONS_EMAIL_PASSWORD";

    private const int MostRecipients = 50;

    private static readonly Dictionary<string, MailSecurity> securities = new(StringComparer.Ordinal) { ["starttls"] = MailSecurity.StartTls, ["tls"] = MailSecurity.Tls, ["none"] = MailSecurity.None };

    private static readonly Dictionary<MailSecurity, long> ports = new() { [MailSecurity.StartTls] = 587, [MailSecurity.Tls] = 465, [MailSecurity.None] = 25 };

    /// <summary>Null = the server takes mail without a sign-in.</summary>
    public string? User { get; init; }

    public Secret? Password { get; init; }

    /// <summary>Certificates (PEM) trusted for the server instead of the machine's authorities; null = those.</summary>
    public string? CaFile { get; init; }

    public NotificationFilter Filter { get; init; } = NotificationFilter.All;

    public static EmailSettings? Bind(SettingsBinder binder, IReadOnlyDictionary<string, string> environment)
    {
        var security = binder.Choice(KnownSettings.EmailSecurity, securities, MailSecurity.StartTls);
        var port = binder.Number(KnownSettings.EmailPort, ports[security], 1, ushort.MaxValue);
        var (from, to) = (binder.Text(KnownSettings.EmailFrom), binder.Lines(KnownSettings.EmailTo)?.SelectMany(static line => line.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToList() ?? []);
        var password = ReceiverBinding.OneOf(binder, KnownSettings.EmailPasswordFile, environment.GetValueOrDefault(PasswordVariable) is { Length: > 0 } said ? said : null, KnownSettings.EmailPasswordFile);
        var filter = ReceiverBinding.Filter(binder, KnownSettings.EmailEvents, KnownSettings.EmailSeverity);
        if (binder.Text(KnownSettings.EmailHost) is not { } host)
        {
            return null;
        }

        CheckHost(binder, host, security);
        CheckAddresses(binder, from, to);
        var user = binder.Text(KnownSettings.EmailUser);
        if (user is null != password is null)
        {
            binder.Fault(KnownSettings.EmailUser, $"A sign-in takes both: the user, and the password in passwordFile or {PasswordVariable}.");
        }

        return new(host, (int)port, security, from ?? "", to) { User = user, Password = password is null ? null : new(password), CaFile = binder.PathOf(KnownSettings.EmailCaFile), Filter = filter };
    }

    private static void CheckHost(SettingsBinder binder, string host, MailSecurity security)
    {
        var isAddress = IPAddress.TryParse(host, out var literal);
        if ((!isAddress && Uri.CheckHostName(host) is not UriHostNameType.Dns) || EgressRule.IsForbidden(host) || (isAddress && EgressRule.IsForbidden(literal!))) // it was parsed
        {
            binder.Fault(KnownSettings.EmailHost, "Expected the name or address of a mail server, such as smtp.example.org; its port is a setting of its own.");
        }

        if (security is MailSecurity.None && !(isAddress ? IPAddress.IsLoopback(literal!) : host == "localhost"))
        {
            binder.Fault(KnownSettings.EmailSecurity, "Without TLS mail goes to this machine alone; everybody on the way could read and change it.");
        }
    }

    /// <summary>With a domain: a name alone would be somebody on the mail server.</summary>
    private static bool IsAddress(string text) => MailboxAddress.TryParse(text, out var address) && address.Domain.Length > 0;

    private static void CheckAddresses(SettingsBinder binder, string? from, List<string> to)
    {
        if (from is null || !IsAddress(from))
        {
            binder.Fault(KnownSettings.EmailFrom, "Expected an address, such as paddock@example.org.");
        }

        if (to.Count is 0 or > MostRecipients || !to.TrueForAll(IsAddress))
        {
            binder.Fault(KnownSettings.EmailTo, $"Expected 1 to {MostRecipients} addresses, such as oncall@example.org.");
        }
    }
}
