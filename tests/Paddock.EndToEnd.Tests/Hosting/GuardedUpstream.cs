using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace Paddock.EndToEnd.Tests.Hosting;

/// <summary>What reached the provider.</summary>
/// <param name="Client">Subject of the client's certificate.</param>
internal sealed record SeenRequest(string Path, string? ApiKey, string? Authorization, string? Client);

/// <summary>A provider with TLS, whose certificate a private authority signed, and which asks for the client's when told to.</summary>
internal sealed class GuardedUpstream : IAsyncDisposable
{
    private const string Answer =
        """{"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}""";

    private readonly WebApplication app;

    private GuardedUpstream(WebApplication app) => this.app = app;

    public ConcurrentQueue<SeenRequest> Seen { get; } = new();

    public Uri Url => new(app.Urls.First());

    public static async Task<GuardedUpstream> StartAsync(PrivateAuthority authority, bool asksForCertificate, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Logging.ClearProviders();
        var (certificate, key) = authority.Issue("localhost");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(new HttpsConnectionAdapterOptions
        {
            ServerCertificate = X509Certificate2.CreateFromPem(certificate, key),
            ClientCertificateMode = asksForCertificate ? ClientCertificateMode.RequireCertificate : ClientCertificateMode.NoCertificate,
            ClientCertificateValidation = (given, _, _) => given.Issuer == "CN=Test authority",
        })));
        var upstream = new GuardedUpstream(builder.Build());
        upstream.app.MapFallback(upstream.AnswerAsync);
        await upstream.app.StartAsync(cancellationToken);
        return upstream;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private Task AnswerAsync(HttpContext http)
    {
        var headers = http.Request.Headers;
        Seen.Enqueue(new(http.Request.Path + http.Request.QueryString, headers["api-key"], headers.Authorization, http.Connection.ClientCertificate?.Subject));
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(Answer, http.RequestAborted);
    }
}
