using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Paddock.Core.Audit.Tiles;
using Paddock.Core.Identity;

namespace Paddock.Control.Audit;

/// <summary>
/// The log as others read it (c2sp.org/tlog-tiles), below <c>/audit</c>. Checkpoint, key and hashes are for everybody: they say nothing but
/// how many entries there are. The entries themselves are for auditors.
/// </summary>
public static class LogEndpoints
{
    private const string Text = "text/plain; charset=utf-8";
    private const string Forever = "max-age=31536000, immutable";

    private static readonly Problem Missing = new("paddock:not-found", "Not found", StatusCodes.Status404NotFound, "There is nothing here, or it is not published yet.");
    private static readonly Problem Unavailable = new("paddock:unavailable", "Unavailable", StatusCodes.Status503ServiceUnavailable, "The log cannot be read now; the server's log says why.");

    public static void MapAuditLog(this IEndpointRouteBuilder routes)
    {
        var log = routes.MapGroup("/audit").ExcludeFromDescription();
        log.MapGroup("").WithMetadata(new AllowAnonymousAttribute()).MapGet("/shards", static (HttpContext http, ILogReader reader) => AnswerAsync(http, async () =>
        {
            http.Response.Headers.CacheControl = "no-cache";
            await http.Response.WriteAsJsonAsync(ShardList.Of(await reader.ShardsAsync(http.RequestAborted)), ControlJson.Default.ShardList, null, http.RequestAborted);
            return true;
        }));
        MapShard(log);
        MapShard(log.MapGroup("/shards/{shard:long}"));
    }

    private static void MapShard(RouteGroupBuilder log)
    {
        var open = log.MapGroup("").WithMetadata(new AllowAnonymousAttribute());
        open.MapGet("/checkpoint", static (HttpContext http, ILogReader reader, long? shard) => TextAsync(http, reader.NewestAsync(shard, http.RequestAborted), static published => published.Note));
        open.MapGet("/vkey", static (HttpContext http, ILogReader reader, long? shard) => TextAsync(http, reader.NewestAsync(shard, http.RequestAborted), static published => published.VerifierKey + "\n"));
        open.MapGet("/witnessed", static (HttpContext http, ILogReader reader, long? shard) => TextAsync(http, reader.WitnessedAsync(shard, http.RequestAborted), static published => published.Note));
        open.MapGet("/tile/{level}/{**index}", static (HttpContext http, ILogReader reader, long? shard, string level, string? index) => TileAsync(http, reader, shard, $"tile/{level}/{index}", isBundle: false));
        log.MapGet("/tile/entries/{**index}", static (HttpContext http, ILogReader reader, long? shard, string? index) => TileAsync(http, reader, shard, $"tile/entries/{index}", isBundle: true))
            .WithMetadata(new ControlEndpoint(ControlRoles.Auditor, isOpenOnLoopback: true));
    }

    private static Task TextAsync(HttpContext http, Task<PublishedLog?> reading, Func<PublishedLog, string> text) => AnswerAsync(http, async () =>
    {
        if (await reading is not { } published)
        {
            return false;
        }

        (http.Response.ContentType, http.Response.Headers.CacheControl) = (Text, "no-cache");
        await http.Response.WriteAsync(text(published), http.RequestAborted);
        return true;
    });

    /// <summary>What a path names never changes, whatever is appended. Entries are kept by nobody in between: the next may have no key.</summary>
    private static Task TileAsync(HttpContext http, ILogReader reader, long? shard, string path, bool isBundle) => AnswerAsync(http, async () =>
    {
        if (TileId.Parse(path) is not { } tile || (tile.Level == TileId.Entries) != isBundle || await reader.ReadAsync(shard, tile, http.RequestAborted) is not { } bytes)
        {
            return false;
        }

        (http.Response.ContentType, http.Response.Headers.CacheControl, http.Response.ContentLength) = ("application/octet-stream", $"{(isBundle ? "private" : "public")}, {Forever}", bytes.Length);
        await http.Response.BodyWriter.WriteAsync(bytes, http.RequestAborted);
        return true;
    });

    private static async Task AnswerAsync(HttpContext http, Func<Task<bool>> answer)
    {
        try
        {
            if (!await answer())
            {
                await ControlDoor.WriteAsync(http, Missing);
            }
        }
        catch (Exception fault) when (!http.RequestAborted.IsCancellationRequested && !http.Response.HasStarted)
        {
            Log.RequestFailed(http.RequestServices.GetRequiredService<ILogger<ControlDoor>>(), fault, http.Request.Path);
            http.Response.Headers.CacheControl = "no-store";
            http.Response.ContentLength = null;
            await ControlDoor.WriteAsync(http, Unavailable);
        }
    }
}
