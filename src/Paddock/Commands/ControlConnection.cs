using System.CommandLine;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Control;
using Paddock.Core.Identity;
using Paddock.Hosting;
using Paddock.Settings;

namespace Paddock.Commands;

/// <summary>
/// A command's way to the control API, the only one there is: the server named, else the one running on the data directory, else one
/// started for the moment on that directory (under its lock).
/// </summary>
internal sealed class ControlConnection : IAsyncDisposable
{
    private readonly HttpClient http;
    private readonly PaddockServer? own;

    private ControlConnection(Uri address, Secret key, PaddockServer? own)
    {
        http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Reveal());
        this.own = own;
    }

    /// <exception cref="SettingsException">There is no key, or no way to the server.</exception>
    public static async Task<ControlConnection> OpenAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(ConnectionOptions.Server) is { } server)
        {
            return new(new(server), GivenKey(parsed) ?? throw new SettingsException("--server needs a key with control roles in PADDOCK_KEY or --key-file."), own: null);
        }

        var directory = Path.GetFullPath(parsed.GetValue(ConnectionOptions.Data) ?? ServeSettings.DefaultDataDirectory);
        var keys = new InstallationKeys(directory);
        if (ServerFile.Read(directory) is { } running && Store.Coordination.DataDirectoryLock.OwnerOf(directory) is not null)
        {
            return new(new(running.Urls[0]), GivenKey(parsed) ?? keys.AdminKey() ?? throw new SettingsException($"{keys.AdminKeyFile} is missing; give a key in PADDOCK_KEY."), own: null);
        }

        var started = await PaddockServer.StartAsync(new() { DataDirectory = directory, ControlOnly = true, Postgres = Environment.GetEnvironmentVariable("PADDOCK_POSTGRES") }, configure: null, cancellationToken);
        return new(new(started.Urls[0]), started.Services.GetRequiredService<InstallationKeys>().AdminKey()!, started); // made at start
    }

    public async Task<T> SendAsync<T>(HttpMethod method, string path, HttpContent? content, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var answer = await SendAsync(request, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            throw new CommandException(await ProblemOf(answer, cancellationToken));
        }

        return await answer.Content.ReadFromJsonAsync(type, cancellationToken) ?? throw new CommandException(new("paddock:empty", "Empty answer", 502, "The server answered nothing."));
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (own is not null)
        {
            await own.DisposeAsync();
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw new SettingsException($"The server at {http.BaseAddress} cannot be reached: {exception.Message}");
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
            return new("paddock:http", "Unexpected answer", (int)answer.StatusCode, $"The server answered {(int)answer.StatusCode}.");
        }
    }

    private static Secret? GivenKey(ParseResult parsed)
    {
        if (parsed.GetValue(ConnectionOptions.KeyFile) is { } file)
        {
            return new(File.ReadAllText(file).Trim());
        }

        return Environment.GetEnvironmentVariable("PADDOCK_KEY") is { Length: > 0 } key ? new(key) : null;
    }
}

/// <summary>The control API refused what a command asked for.</summary>
internal sealed class CommandException(Problem problem) : Exception(problem.Detail)
{
    public Problem Problem { get; } = problem;
}
