using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Paddock.Core.Models;

namespace Paddock.Notifications;

/// <summary>How addresses outside are called that operators name: no address that is forbidden, through no proxy, without following redirects.</summary>
internal static class GuardedSocket
{
    /// <param name="caFile">Certificates (PEM) trusted instead of the machine's authorities; null = those.</param>
    public static HttpClient Client(TimeSpan patience, string? caFile = null) => new(new SocketsHttpHandler
    {
        SslOptions = { CertificateChainPolicy = caFile is null ? null : Trusting(caFile) },
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
        ConnectTimeout = patience,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxResponseHeadersLength = 16,
        ConnectCallback = static (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, cancellationToken),
    })
    { Timeout = patience };

    public static X509ChainPolicy Trusting(string caFile)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(caFile);
        return policy;
    }

    /// <summary>Connects to an address that is not forbidden.</summary>
    /// <exception cref="HttpRequestException">Every address of it is.</exception>
    public static async ValueTask<Stream> ConnectAsync(DnsEndPoint target, CancellationToken cancellationToken)
    {
        // Resolve, judge, and connect to what was judged, as with providers.
        var addresses = IPAddress.TryParse(target.Host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(target.Host, cancellationToken);
        var allowed = Array.FindAll(addresses, static address => !EgressRule.IsForbidden(address));
        if (allowed.Length == 0)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, "The address may not be called.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, target.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
