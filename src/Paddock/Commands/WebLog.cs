using System.Net;
using System.Net.Http.Headers;
using Paddock.Core.Audit.Tiles;
using Paddock.Core.Identity;

namespace Paddock.Commands;

/// <summary>A log as a server hands it out (c2sp.org/tlog-tiles).</summary>
internal sealed class WebLog : ILogSource, IAsyncDisposable
{
    private readonly HttpClient http;

    /// <param name="address">Of the server, or of the log's own prefix when it is not <c>/audit</c>.</param>
    public WebLog(Uri address, Secret? key)
    {
        var prefix = address.AbsolutePath == "/" ? new Uri(address, "/audit/") : new Uri(address.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/");
        http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = prefix };
        http.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key.Reveal());
    }

    public async ValueTask<string?> VerifierKeyAsync(CancellationToken cancellationToken) => await TextAsync("vkey", cancellationToken);

    public async ValueTask<string?> CheckpointAsync(CancellationToken cancellationToken) => await TextAsync("checkpoint", cancellationToken);

    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(TileId tile, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(tile.ToString(), cancellationToken);
        return answer is null ? null : await answer.Content.ReadAsByteArrayAsync(cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<string?> TextAsync(string path, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(path, cancellationToken);
        return answer is null ? null : await answer.Content.ReadAsStringAsync(cancellationToken);
    }

    private async Task<HttpResponseMessage?> SendAsync(string path, CancellationToken cancellationToken)
    {
        var answer = await http.GetAsync(path, cancellationToken);
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
            _ => throw new CommandException($"{http.BaseAddress}{path} answered {(int)status}."),
        };
    }
}
