using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Logging;
using MimeKit;
using MimeKit.Text;
using Paddock.Core.Notifications;
using Paddock.Settings;

namespace Paddock.Notifications;

/// <summary>Mail, by SMTP. One connection for each; a mail that is sent again carries the same Message-ID.</summary>
internal sealed class Email(EmailSettings settings, ILogger<Email> logger) : IReceiver
{
    /// <summary>A mail server that greets slowly, to keep others away, is not ill.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(30);

    private readonly MailboxAddress from = MailboxAddress.Parse(settings.From);
    private readonly List<MailboxAddress> to = [.. settings.To.Select(static one => MailboxAddress.Parse(one))];

    public string Name => "email";

    public string Host => settings.Host;

    public bool Takes(Notification notification) => settings.Filter.Takes(notification);

    public async Task<DeliveryOutcome> SendAsync(Notification notification, string id, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        using var message = MessageOf(notification, id);
        try
        {
            return await SendAsync(message, limit.Token);
        }
        catch (SmtpCommandException fault)
        {
            var said = $"SMTP {(int)fault.StatusCode}";
            return (int)fault.StatusCode >= 500 ? new DeliveryOutcome.Refused(said) : new DeliveryOutcome.TryAgain(said, After: null);
        }
        catch (Exception fault) when (fault is ServiceNotConnectedException or ProtocolException or AuthenticationException or SslHandshakeException or NotSupportedException or SocketException or IOException or HttpRequestException
            || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new DeliveryOutcome.TryAgain(fault.GetType().Name, After: null); // never its text: servers repeat what they were told
        }
    }

    private async Task<DeliveryOutcome> SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        using var client = new Courier { CheckCertificateRevocation = false };
        if (settings.CaFile is { } file)
        {
            client.ServerCertificateValidationCallback = (_, certificate, chain, errors) => IsTrusted(file, certificate, chain, errors);
        }

        var stream = await GuardedSocket.ConnectAsync(new DnsEndPoint(settings.Host, settings.Port), cancellationToken);
        await client.ConnectAsync(stream, settings.Host, settings.Port, OptionsOf(settings.Security), cancellationToken);
        if (settings is { User: { } user, Password: { } password })
        {
            await client.AuthenticateAsync(user, password.Reveal(), cancellationToken);
        }

        await client.SendAsync(message, cancellationToken);
        await client.DisconnectAsync(quit: true, cancellationToken);
        foreach (var (recipient, status) in client.NotAccepted)
        {
            Log.RecipientNotAccepted(logger, recipient, settings.Host, status);
        }

        return new DeliveryOutcome.Delivered();
    }

    private MimeMessage MessageOf(Notification notification, string id)
    {
        var text = MailText.Of(notification);
        var message = new MimeMessage(new List<InternetAddress> { from }, to, text.Subject, new TextPart(TextFormat.Plain) { Text = text.Body }) { Date = notification.At, MessageId = $"{id}@{from.Domain}" };
        if (notification.Alerts is [{ Key: var key }, ..])
        {
            message.References.Add($"{key}@{from.Domain}"); // the beginning and the end of an alert stand together
        }

        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated"); // RFC 3834: nobody's absence answers it
        message.Headers.Add("Paddock-Event", notification.Event);
        return message;
    }

    private static SecureSocketOptions OptionsOf(MailSecurity security) => security switch
    {
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        MailSecurity.None => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };

    private static bool IsTrusted(string caFile, X509Certificate? certificate, X509Chain? shown, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 leaf || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
        {
            return false;
        }

        using var chain = new X509Chain { ChainPolicy = GuardedSocket.Trusting(caFile) };
        foreach (var element in shown is null ? Enumerable.Empty<X509ChainElement>() : shown.ChainElements)
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }


        return chain.Build(leaf);
    }

    /// <summary>One recipient that the server does not take keeps the mail from nobody else.</summary>
    private sealed class Courier : SmtpClient
    {
        public List<(string Recipient, int Status)> NotAccepted { get; } = [];

        protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) => NotAccepted.Add((mailbox.Address, (int)response.StatusCode));

        protected override void OnNoRecipientsAccepted(MimeMessage message) =>
            throw new SmtpCommandException(SmtpErrorCode.RecipientNotAccepted, (SmtpStatusCode)NotAccepted.Select(static one => one.Status).DefaultIfEmpty((int)SmtpStatusCode.TransactionFailed).Min(), "No recipient was accepted.");
    }
}
