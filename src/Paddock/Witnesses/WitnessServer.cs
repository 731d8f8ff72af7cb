using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Paddock.Core.Audit.Witnesses;
using Paddock.Store.Audit.Witnesses;

namespace Paddock.Witnesses;

/// <summary>A witness over HTTP (c2sp.org/tlog-witness). Whoever reaches it may ask: what is not signed by a known log is refused.</summary>
internal sealed class WitnessServer : IAsyncDisposable
{
    /// <summary>A request has a note of some hundred bytes and at most 63 hashes.</summary>
    private const int MostBytes = 64 << 10;

    private readonly WebApplication app;

    private WitnessServer(WebApplication app) => this.app = app;

    /// <summary>Such as <c>http://127.0.0.1:5085</c>.</summary>
    public string Url => app.Urls.First();

    public static async Task<WitnessServer> StartAsync(WitnessBook book, IPEndPoint listen, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = "paddock", ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddRoutingCore().AddSingleton(loggers);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MostBytes;
            kestrel.Limits.MaxConcurrentConnections = 1000;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Limits.MinRequestBodyDataRate = new(bytesPerSecond: 1000, gracePeriod: TimeSpan.FromSeconds(5));
            kestrel.Listen(listen, static options => options.Protocols = HttpProtocols.Http1);
        });
        var made = builder.Build();
        var logger = loggers.CreateLogger<WitnessServer>();
        made.UseRouting();
        made.MapPost("/add-checkpoint", http => AddAsync(http, book, logger));
        made.MapGet("/vkey", http => http.Response.WriteAsync(book.Key + "\n", http.RequestAborted));
        made.MapGet("/healthz", static http => http.Response.WriteAsync("ok\n", http.RequestAborted));
        await made.StartAsync(cancellationToken);
        return new(made);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }

    private static async Task AddAsync(HttpContext http, WitnessBook book, ILogger logger)
    {
        WitnessAnswer answer;
        try
        {
            using var reader = new StreamReader(http.Request.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false);
            answer = book.Add(await reader.ReadToEndAsync(http.RequestAborted));
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException fault)
        {
            http.Response.StatusCode = fault.StatusCode;
            return;
        }
        catch (DecoderFallbackException)
        {
            answer = WitnessAnswer.Malformed("That is no UTF-8.");
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Log.NotWitnessed(logger, fault);
            answer = new(503, "What was seen cannot be read or written; nothing is signed.\n");
        }

        (http.Response.StatusCode, http.Response.ContentType) = (answer.Status, answer.ContentType);
        await http.Response.WriteAsync(answer.Body, http.RequestAborted);
    }
}
