using System.CommandLine;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Paddock.Control;
using Paddock.Core.Audit.Tiles;
using Paddock.Core.Identity;
using Paddock.Hosting;
using Paddock.Settings;

namespace Paddock.Commands;

/// <summary>
/// A command's way to the control API, the only one there is: the server named, else the one that runs on the data directory, else one
/// started for the moment on that directory (under its lock, reachable by its owner alone).
/// </summary>
internal sealed class ControlConnection : IAsyncDisposable
{
    private readonly HttpClient http;
    private readonly PaddockServer? own;

    private ControlConnection(Uri address, string? socket, Secret? key, PaddockServer? own)
    {
        http = new(new SocketsHttpHandler { UseProxy = false, ConnectCallback = socket is null ? null : (_, cancellationToken) => ConnectAsync(socket, cancellationToken) })
        {
            BaseAddress = address,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        http.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key.Reveal());
        this.own = own;
    }

    /// <summary>Whether there is a server beside this command.</summary>
    public bool IsServed => own is null;

    /// <param name="creates">Whether the command makes sense on a directory that is not there yet.</param>
    /// <exception cref="CommandException">There is no way to a server.</exception>
    public static async Task<ControlConnection> OpenAsync(ParseResult parsed, bool creates, CancellationToken cancellationToken)
    {
        if ((parsed.GetValue(ConnectionOptions.Server) ?? Environment.GetEnvironmentVariable("PADDOCK_SERVER")) is { Length: > 0 } server)
        {
            if (!Uri.TryCreate(server, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
            {
                throw new CommandException($"--server: '{server}' is no http or https address.");
            }

            return new(address, null, GivenKey(parsed) ?? throw new CommandException("--server needs a key with control roles in PADDOCK_KEY or --key-file."), own: null);
        }

        var settings = ServeBinding.BindLocal(ConnectionOptions.Flags(parsed), ConnectionOptions.Variables());
        return await FindRunningAsync(parsed, settings, cancellationToken) ?? await StartOwnAsync(settings, creates, cancellationToken);
    }

    /// <exception cref="CommandException">The server refused.</exception>
    public async Task<T> SendAsync<T>(HttpMethod method, string path, HttpContent? content, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(method, path, content, cancellationToken);
        try
        {
            return await answer.Content.ReadFromJsonAsync(type, cancellationToken) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new CommandException(Unexpected(answer));
        }
    }

    /// <summary>The answer's head; its body is still to be read.</summary>
    /// <exception cref="CommandException">The server refused.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        HttpResponseMessage answer;
        try
        {
            answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw new CommandException($"The server at {http.BaseAddress} cannot be reached: {exception.Message}");
        }

        if (answer.IsSuccessStatusCode)
        {
            return answer;
        }

        using (answer)
        {
            throw new CommandException(await ProblemOf(answer, cancellationToken));
        }
    }

    /// <summary>A shard of the server's log.</summary>
    public ILogSource Log(long shard) => new WebLog(http, "/audit/").Open(shard);

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (own is not null)
        {
            await own.DisposeAsync();
        }
    }

    private static async Task<ControlConnection?> FindRunningAsync(ParseResult parsed, ServeSettings settings, CancellationToken cancellationToken)
    {
        if (ServerFile.Read(settings.DataDirectory) is not { } running)
        {
            return null;
        }

        var keys = new InstallationKeys(settings.DataDirectory);
        var address = new Uri(running.Socket is null ? running.Operators[0].Replace("*", "127.0.0.1", StringComparison.Ordinal) : "http://localhost");
        var connection = new ControlConnection(address, running.Socket, GivenKey(parsed) ?? keys.AdminKey(), own: null);
        try
        {
            using var answer = await connection.http.GetAsync("/healthz", cancellationToken);
        }
        catch (HttpRequestException)
        {
            connection.http.Dispose(); // it was killed and left its file
            return null;
        }

        return connection.http.DefaultRequestHeaders.Authorization is not null
            ? connection
            : throw new CommandException($"{keys.AdminKeyFile} is not there: give a key with control roles in PADDOCK_KEY or --key-file.");
    }

    private static async Task<ControlConnection> StartOwnAsync(ServeSettings settings, bool creates, CancellationToken cancellationToken)
    {
        if (!creates && !Directory.Exists(settings.DataDirectory))
        {
            throw new CommandException($"There is no data directory {settings.DataDirectory}. Name it with --data or PADDOCK_DATA, or a server with --server.");
        }

        var momentary = await PaddockServer.StartAsync(settings, configure: null, cancellationToken);
        return momentary.Socket is { } socket
            ? new(new("http://localhost"), socket, key: null, momentary)
            : new(new(momentary.OperatorsUrls[0]), null, new InstallationKeys(settings.DataDirectory).AdminKey(), momentary);
    }

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<Problem> ProblemOf(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            return await answer.Content.ReadFromJsonAsync(ControlJson.Default.Problem, cancellationToken) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            return Unexpected(answer);
        }
    }

    private static Problem Unexpected(HttpResponseMessage answer) =>
        new("paddock:unexpected", "Unexpected answer", (int)answer.StatusCode, $"The server answered {(int)answer.StatusCode}, but not as Paddock does. Does --server name the operators' address, and one of the same version?");

    /// <summary>What cannot be a header is no key.</summary>
    private static Secret KeyOf(string text, string source) =>
        text.Trim() is { Length: > 0 } key && !key.Any(c => c is <= ' ' or >= '\x7f') ? new(key) : throw new CommandException($"{source} holds no key; a key is one word that begins with pk_.");

    /// <summary>The key that was given by file or environment; null = none was.</summary>
    public static Secret? GivenKey(ParseResult parsed)
    {
        if (parsed.GetValue(ConnectionOptions.KeyFile) is { } file)
        {
            return KeyOf(File.ReadAllText(file), file);
        }

        return Environment.GetEnvironmentVariable("PADDOCK_KEY") is { Length: > 0 } key ? KeyOf(key, "PADDOCK_KEY") : null;
    }
}
