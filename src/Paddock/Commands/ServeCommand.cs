using System.CommandLine;
using Paddock.Hosting;
using Paddock.Settings;
using Paddock.Store.Coordination;

namespace Paddock.Commands;

/// <summary><c>paddock serve</c>.</summary>
internal static class ServeCommand
{
    private static readonly Option<string[]> Urls = new("--urls") { Description = "Where to listen. Default http://127.0.0.1:5080.", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string?> Release = new("--release") { Description = "Directory of documents; watched and reloaded." };
    private static readonly Option<bool> DemoMode = new("--demo") { Description = "Simulated providers and developers; needs no network." };
    private static readonly Option<string[]> BehindProxy = new("--behind-proxy") { Description = "Addresses of the reverse proxies in front.", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string?> Postgres = new("--postgres") { Description = "PostgreSQL connection string, or PADDOCK_POSTGRES; default is SQLite in the data directory." };
    private static readonly Option<string[]> Hosts = new("--host") { Description = "Host names that requests may name.", AllowMultipleArgumentsPerToken = true };

    public static Command Build()
    {
        var command = new Command("serve", "Run the server.") { ConnectionOptions.Data, Urls, Release, DemoMode, BehindProxy, Postgres, Hosts };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            var settings = SettingsOf(parsed);
            await using var demo = settings.Demo ? await Demo.StartAsync(cancellationToken) : null;
            await using var server = await PaddockServer.StartAsync(settings with { Documents = demo?.Release() }, configure: null, cancellationToken);
            Banner.Write(Console.Out, settings, server.Urls);
            if (demo is not null)
            {
                await demo.BeginAsync(server, cancellationToken);
                await Console.Out.WriteLineAsync($"\nDemo: simulated providers and developers at work. A key for models only, for you to try: {demo.Key}");
            }

            await server.RunUntilStoppedAsync();
            return 0;
        }
        catch (Exception exception) when (exception is SettingsException or DataDirectoryInUseException or IOException)
        {
            await Console.Error.WriteLineAsync($"paddock: {exception.Message}");
            return 1;
        }
    }

    private static ServeSettings SettingsOf(ParseResult parsed) => new()
    {
        DataDirectory = Path.GetFullPath(parsed.GetValue(ConnectionOptions.Data) ?? ServeSettings.DefaultDataDirectory),
        Urls = parsed.GetValue(Urls) is { Length: > 0 } urls ? [.. urls.SelectMany(url => url.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))] : ["http://127.0.0.1:5080"],
        ReleaseDirectory = parsed.GetValue(Release),
        Demo = parsed.GetValue(DemoMode),
        BehindProxy = parsed.GetValue(BehindProxy) ?? [],
        Postgres = parsed.GetValue(Postgres) ?? Environment.GetEnvironmentVariable("PADDOCK_POSTGRES"),
        Hosts = parsed.GetValue(Hosts) ?? [],
    };
}
