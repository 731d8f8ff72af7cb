using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Paddock.Control;
using Paddock.Core.Audit.Tiles;
using Paddock.Core.Identity;

namespace Paddock.Commands;

/// <summary>A log as a server hands it out (c2sp.org/tlog-tiles).</summary>
internal sealed class WebLog : ILogShards, IAsyncDisposable
{
    private readonly HttpClient http;
    private readonly string prefix = "";
    private readonly bool isOwn = true;

    /// <param name="address">Of the server, or of the log's own prefix when it is not <c>/audit</c>.</param>
    public WebLog(Uri address, Secret? key)
    {
        var whole = address.AbsolutePath == "/" ? new Uri(address, "/audit/") : new Uri(address.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/");
        http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = whole };
        http.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key.Reveal());
    }

    /// <param name="http">Of somebody else, who closes it.</param>
    /// <param name="prefix">Of the log, with a slash at its end.</param>
    public WebLog(HttpClient http, string prefix) => (this.http, this.prefix, isOwn) = (http, prefix, false);

    public async ValueTask<IReadOnlyList<LogShard>?> ShardsAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await TextAsync("shards", cancellationToken) is { } text && JsonSerializer.Deserialize(text, ControlJson.Default.ShardList) is { Shards: { } shards } ? [.. shards.Select(static shard => shard.ToShard())] : null;
        }
        catch (JsonException)
        {
            return null; // another log, which has something else there
        }
    }

    public ILogSource Open(long? shard) => new Source(this, shard is { } number ? string.Create(CultureInfo.InvariantCulture, $"shards/{number}/") : "");

    public ValueTask DisposeAsync()
    {
        if (isOwn)
        {
            http.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private async Task<string?> TextAsync(string path, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(path, cancellationToken);
        return answer is null ? null : await answer.Content.ReadAsStringAsync(cancellationToken);
    }

    private async Task<HttpResponseMessage?> SendAsync(string path, CancellationToken cancellationToken)
    {
        var answer = await http.GetAsync(prefix + path, cancellationToken);
        if (answer.IsSuccessStatusCode)
        {
            return answer;
        }

        var status = answer.StatusCode;
        answer.Dispose();
        return status switch
        {
            HttpStatusCode.NotFound => null,
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => throw new CommandException("Entries are for keys with the role auditor: give one in PADDOCK_KEY or --key-file."),
            _ => throw new CommandException($"{http.BaseAddress}{prefix}{path} answered {(int)status}."),
        };
    }

    private sealed class Source(WebLog log, string prefix) : ILogSource
    {
        public async ValueTask<string?> VerifierKeyAsync(CancellationToken cancellationToken) => await log.TextAsync(prefix + "vkey", cancellationToken);

        public async ValueTask<string?> CheckpointAsync(CancellationToken cancellationToken) => await log.TextAsync(prefix + "checkpoint", cancellationToken);

        public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(TileId tile, CancellationToken cancellationToken)
        {
            using var answer = await log.SendAsync(prefix + tile, cancellationToken);
            return answer is null ? null : await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        }
    }
}
