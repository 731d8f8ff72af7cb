using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Paddock.Core.Models;

namespace Paddock.Gateway.Execute;

/// <summary>
/// Connections to providers, pooled by what makes a connection (proxy, trust, client certificate, connect time-out), so that a reload
/// of documents keeps them warm; files of trust and client certificates are read again when they change. No cookies, no redirects, no automatic decompression, only an explicitly configured proxy.
/// </summary>
internal sealed class Upstreams(ILogger<Upstreams> logger) : IDisposable
{
    private readonly ConcurrentDictionary<ConnectionKind, Lazy<HttpMessageInvoker>> pools = new();

    public HttpMessageInvoker For(Provider provider) =>
        pools.GetOrAdd(
            new(provider.Proxy, provider.CaFile, provider.ClientCert, StampOf(provider), provider.Timeouts.Connect),
            static (kind, upstreams) => new(() => new(upstreams.CreateOrRefuse(kind))), this).Value;

    public void Dispose()
    {
        foreach (var pool in pools.Values.Where(p => p.IsValueCreated))
        {
            pool.Value.Dispose();
        }
    }

    /// <summary>What tells a changed file from the one that was read; costs nothing for a provider without files.</summary>
    private static string StampOf(Provider provider) => provider is { CaFile: null, ClientCert: null }
        ? ""
        : string.Join('\n', new[] { provider.CaFile, provider.ClientCert?.CertFile, provider.ClientCert?.KeyFile }.OfType<string>().Select(static path => new FileInfo(path))
            .Select(static file => file.Exists ? $"{file.LastWriteTimeUtc.Ticks} {file.Length}" : ""));

    /// <summary>A file that cannot be used makes the provider unreachable until the file changes; it is no fault of the call's.</summary>
    private HttpMessageHandler CreateOrRefuse(ConnectionKind kind)
    {
        try
        {
            return Create(kind);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            Log.ProviderFileUnusable(logger, kind.CaFile, kind.ClientCert?.CertFile, fault.Message);
            return new Unusable();
        }
    }

    private static SocketsHttpHandler Create(ConnectionKind kind)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = kind.Proxy is not null,
            Proxy = kind.Proxy is null ? null : new WebProxy(kind.Proxy),
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            EnableMultipleHttp2Connections = true,
            ConnectTimeout = kind.ConnectTimeout,
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
            // DNS changes are followed although streams may keep a connection busy for long.
            PooledConnectionLifetime = TimeSpan.FromMinutes(15),
            MaxResponseHeadersLength = 64,
            RequestHeaderEncodingSelector = static (name, _) => HeaderBytes.Encoding(name),
            ConnectCallback = static (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, cancellationToken),
        };
        if (kind.CaFile is not null)
        {
            var trusted = new X509Certificate2Collection();
            trusted.ImportFromPemFile(kind.CaFile);
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) => IsTrusted(certificate, chain, errors, trusted);
        }

        if (kind.ClientCert is { } client)
        {
            handler.SslOptions.ClientCertificates = [X509Certificate2.CreateFromPemFile(client.CertFile, client.KeyFile)];
        }

        return handler;
    }

    private static bool IsTrusted(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors, X509Certificate2Collection trusted)
    {
        if (certificate is not X509Certificate2 leaf || chain is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
        {
            return false; // a wrong name is never trusted, whoever signed it
        }

        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(trusted);
        return chain.Build(leaf);
    }

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint target, CancellationToken cancellationToken)
    {
        // Resolve, judge, and connect to what was judged: a second look-up could say something else.
        var addresses = IPAddress.TryParse(target.Host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(target.Host, cancellationToken);
        var allowed = Array.FindAll(addresses, static address => !EgressGuard.IsForbidden(address));
        if (allowed.Length == 0)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, $"'{target.Host}' resolves to no address that may be called.");
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

    private sealed record ConnectionKind(Uri? Proxy, string? CaFile, ClientCertificate? ClientCert, string Stamp, TimeSpan ConnectTimeout);

    /// <summary>Connections that cannot be made.</summary>
    private sealed class Unusable : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new HttpRequestException(HttpRequestError.SecureConnectionError, "A certificate's file cannot be used.");
    }
}
