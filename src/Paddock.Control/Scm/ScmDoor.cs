using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Paddock.Core.Scm;

namespace Paddock.Control.Scm;

/// <summary>
/// <c>POST /scm/v1/github</c> and <c>POST /scm/v1/standard</c>: reports of source control and CI systems. Open without a key; each is signed
/// with the installation's secret, and nothing of it is read before the signature is found right.
/// </summary>
public sealed class ScmDoor(ScmSecret secret, TakeReport take, TimeProvider time, ILogger<ScmDoor> logger) : IDisposable
{
    public const string GitHubPath = "/scm/v1/github", StandardPath = "/scm/v1/standard";

    /// <summary>A push of many commits may be long. Bytes.</summary>
    private const int MostBytes = 4 << 20;

    private static readonly Problem off = new("paddock:not-found", "Not found", StatusCodes.Status404NotFound, "No reports are taken here. An operator can set scm.secretFile.");
    private static readonly Problem unsigned = new("paddock:bad-signature", "Bad signature", StatusCodes.Status401Unauthorized, "The signature is missing, not over this body, or too old. Sender and Paddock must have the same secret, and clocks within five minutes.");
    private static readonly Problem tooLong = new("paddock:too-large", "Too large", StatusCodes.Status413PayloadTooLarge, $"A report has at most {MostBytes >> 20} MiB, and arrives within 20 seconds.");
    private static readonly Problem unavailable = new("paddock:unavailable", "Unavailable", StatusCodes.Status503ServiceUnavailable, "It could not be kept now. Send it again.");
    private static readonly Problem busy = new("paddock:busy", "Busy", StatusCodes.Status503ServiceUnavailable, "Too many reports come in at once. Send it again.");

    /// <summary>How long a report may take to arrive.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(20);

    /// <summary>Reports held in memory at once: whoever sends them has shown nothing yet.</summary>
    private readonly SemaphoreSlim room = new(8);

    private static readonly JsonDocumentOptions strict = new() { MaxDepth = 32 };

    public void Dispose() => room.Dispose();

    internal static void Map(IEndpointRouteBuilder routes)
    {
        var door = routes.ServiceProvider.GetRequiredService<ScmDoor>();
        var open = routes.MapGroup("").AllowAnonymous().ExcludeFromDescription(); // each shows a signature
        open.MapPost(GitHubPath, (RequestDelegate)door.GitHubAsync);
        open.MapPost(StandardPath, (RequestDelegate)door.StandardAsync);
    }

    private Task GitHubAsync(HttpContext http) => TakeAsync(
        http, http.Request.Headers["X-Hub-Signature-256"] is [{ Length: 71 }], body => secret.IsGitHubs(http.Request.Headers["X-Hub-Signature-256"], body),
        (root, digest) => (GitHubReports.Read(http.Request.Headers["X-GitHub-Event"].ToString(), root, digest), null));

    private Task StandardAsync(HttpContext http)
    {
        var headers = http.Request.Headers;
        return TakeAsync(http, ScmSecret.IsNow(headers["webhook-timestamp"], time.GetUtcNow()), body => secret.IsStandard(headers["webhook-id"], headers["webhook-timestamp"], headers["webhook-signature"], body, time.GetUtcNow()),
            (root, digest) => StandardReports.Read(root, ScmSecret.Known(headers["webhook-id"], digest)));
    }

    /// <param name="mayBe">Whether its headers are such that the signature can be right.</param>
    private async Task TakeAsync(HttpContext http, bool mayBe, Func<ReadOnlySpan<byte>, bool> isSigned, Func<JsonElement, string, (ScmReport? Report, string? Fault)> read)
    {
        if (secret.Value is null || !mayBe)
        {
            await ControlDoor.WriteAsync(http, secret.Value is null ? off : unsigned);
        }
        else if (!await room.WaitAsync(TimeSpan.Zero))
        {
            http.Response.Headers.RetryAfter = "5";
            await ControlDoor.WriteAsync(http, busy);
        }
        else
        {
            try
            {
                await TakeAsync(http, isSigned, read);
            }
            finally
            {
                room.Release();
            }
        }
    }

    private async Task TakeAsync(HttpContext http, Func<ReadOnlySpan<byte>, bool> isSigned, Func<JsonElement, string, (ScmReport? Report, string? Fault)> read)
    {
        if (await BodyAsync(http) is not { } body)
        {
            await ControlDoor.WriteAsync(http, tooLong);
        }
        else if (!isSigned(body))
        {
            await ControlDoor.WriteAsync(http, unsigned);
        }
        else
        {
            await TakeAsync(http, body, read);
        }
    }

    private async Task TakeAsync(HttpContext http, byte[] body, Func<JsonElement, string, (ScmReport? Report, string? Fault)> read)
    {
        try
        {
            using var json = JsonDocument.Parse(body, strict);
            var (report, fault) = read(json.RootElement, Convert.ToHexStringLower(SHA256.HashData(body)));
            if (report is null)
            {
                await ControlDoor.WriteAsync(http, Problem.Invalid(fault ?? "It is no report."));
                return;
            }

            await http.Response.WriteAsJsonAsync(await take.RunAsync(report, http.RequestAborted), ControlJson.Default.ReportTaken, null, http.RequestAborted);
        }
        catch (JsonException)
        {
            await ControlDoor.WriteAsync(http, Problem.Invalid("The body is no JSON."));
        }
        catch (Exception fault) when (!http.RequestAborted.IsCancellationRequested && !http.Response.HasStarted)
        {
            Log.ReportNotTaken(logger, fault);
            http.Response.Headers.RetryAfter = "30";
            await ControlDoor.WriteAsync(http, unavailable);
        }
    }

    /// <returns>Null when it is longer than allowed, or takes too long to come.</returns>
    private async Task<byte[]?> BodyAsync(HttpContext http)
    {
        using var limit = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, limit.Token);
        try
        {
            return await BodyAsync(http, either.Token);
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            return null;
        }
    }

    private static async Task<byte[]?> BodyAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (http.Request.ContentLength > MostBytes)
        {
            return null;
        }

        var whole = new ArrayBufferWriter<byte>(4096);
        while (await http.Request.Body.ReadAsync(whole.GetMemory(4096), cancellationToken) is > 0 and var count)
        {
            whole.Advance(count);
            if (whole.WrittenCount > MostBytes)
            {
                return null;
            }
        }

        return whole.WrittenSpan.ToArray();
    }
}
