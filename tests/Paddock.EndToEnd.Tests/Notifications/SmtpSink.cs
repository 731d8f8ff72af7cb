using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Paddock.EndToEnd.Tests.Hosting;

namespace Paddock.EndToEnd.Tests.Notifications;

/// <summary>A mail server that keeps what it gets.</summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ending = new();
    private readonly ConcurrentQueue<Mail> mails = new();
    private readonly PrivateAuthority authority = new();
    private readonly X509Certificate2 certificate;
    private readonly bool tls;
    private readonly Task accepting;

    /// <param name="tls">From the beginning.</param>
    public SmtpSink(bool tls = false)
    {
        this.tls = tls;
        var (chain, key) = authority.Issue("localhost");
        using var pem = X509Certificate2.CreateFromPem(chain, key);
        certificate = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), password: null);
        CaFile = Path.Combine(Directory.CreateTempSubdirectory("paddock-smtp-").FullName, "ca.pem");
        File.WriteAllText(CaFile, authority.Pem);
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public string CaFile { get; }

    /// <summary>What it says after the greeting.</summary>
    public bool OffersTls { get; set; } = true;

    /// <summary>An answer instead of the usual one, by the command.</summary>
    public Func<string, string?> Answer { get; set; } = _ => null;

    public Mail[] Mails => [.. mails];

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Stop();
        await ((Task)accepting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        certificate.Dispose();
        authority.Dispose();
        ending.Dispose();
        Directory.Delete(Path.GetDirectoryName(CaFile)!, recursive: true); // it is a file in a folder
    }

    private async Task AcceptAsync()
    {
        while (!ending.IsCancellationRequested)
        {
            using var client = await listener.AcceptTcpClientAsync(ending.Token);
            await ((Task)ServeAsync(client.GetStream())).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // one that breaks off ends itself alone
        }
    }

    private async Task ServeAsync(Stream plain)
    {
        var stream = tls ? await SecuredAsync(plain) : plain;
        var mail = new Mail { Secured = tls };
        await SayAsync(stream, "220 sink ESMTP");
        while (await ReadLineAsync(stream) is { } line)
        {
            var verb = line.Split(' ')[0].ToUpperInvariant();
            if (verb == "QUIT")
            {
                await SayAsync(stream, "221 bye");
                return;
            }

            if (Answer(line) is { } answer)
            {
                await SayAsync(stream, answer);
                continue;
            }

            await SayAsync(stream, Reply(verb, line, mail));
            if (verb == "STARTTLS")
            {
                (stream, mail.Secured) = (await SecuredAsync(stream), true);
            }
            else if (verb == "DATA")
            {
                await ReadMailAsync(stream, mail);
                mails.Enqueue(mail);
                await SayAsync(stream, "250 kept");
            }
        }
    }

    private string Reply(string verb, string line, Mail mail)
    {
        switch (verb)
        {
            case "EHLO":
                return "250-sink\r\n" + (OffersTls && !mail.Secured ? "250-STARTTLS\r\n" : "") + "250 AUTH PLAIN";
            case "AUTH":
                mail.SignedIn = Encoding.UTF8.GetString(Convert.FromBase64String(line.Split(' ')[2])).Replace('\0', '/');
                return "235 welcome";
            case "RCPT":
                mail.To.Add(line[(line.IndexOf('<') + 1)..line.IndexOf('>')]);
                return "250 ok";
            case "DATA":
                return "354 go on";
            case "STARTTLS":
                return "220 go on";
            default:
                return "250 ok";
        }
    }

    private static async Task ReadMailAsync(Stream stream, Mail mail)
    {
        while (await ReadLineAsync(stream) is { } line && line != ".")
        {
            mail.Text.AppendLine(line);
        }
    }

    private async Task<Stream> SecuredAsync(Stream stream)
    {
        var secured = new SslStream(stream);
        await secured.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, ending.Token);
        return secured;
    }

    private Task SayAsync(Stream stream, string line) => stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), ending.Token).AsTask();

    /// <summary>Byte by byte: behind STARTTLS another reader goes on.</summary>
    private static async Task<string?> ReadLineAsync(Stream stream)
    {
        var (line, one) = (new List<byte>(), new byte[1]);
        while (await stream.ReadAsync(one) == 1)
        {
            if (one[0] == '\n')
            {
                return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            }

            line.Add(one[0]);
        }

        return null;
    }

    /// <summary>One mail and how it came.</summary>
    internal sealed class Mail
    {
        public bool Secured { get; set; }

        /// <summary>User and password, with strokes.</summary>
        public string? SignedIn { get; set; }

        public List<string> To { get; } = [];

        public StringBuilder Text { get; } = new();
    }
}
