using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Paddock.Agents;
using Paddock.Control;
using Paddock.Control.Access;
using Paddock.Control.Audit;
using Paddock.Core.Identity;
using Paddock.Core.Releases;
using Paddock.Diagnostics;
using Paddock.Gateway;
using Paddock.Settings;
using Paddock.Store;
using Paddock.Store.Coordination;
using Paddock.Web;

namespace Paddock.Hosting;

/// <summary>The whole product as one object: builds, starts and stops it. Tests run it on port 0.</summary>
internal sealed class PaddockServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly DataDirectoryLock held;
    private readonly ServeSettings settings;
    private readonly Listeners listeners;

    private PaddockServer(WebApplication app, DataDirectoryLock held, ServeSettings settings, Listeners listeners) =>
        (this.app, this.held, this.settings, this.listeners) = (app, held, settings, listeners);

    /// <summary>Where agents reach it, with the ports that were given.</summary>
    public IReadOnlyList<string> AgentsUrls => listeners.UrlsOf(ListenerSides.Agents);

    public IReadOnlyList<string> OperatorsUrls => listeners.UrlsOf(ListenerSides.Operators);

    public string? Socket => listeners.Socket;

    public IServiceProvider Services => app.Services;

    /// <summary>Takes the directory's lock and starts.</summary>
    /// <param name="configure">For tests: changes what is built before it is.</param>
    /// <exception cref="DataDirectoryInUseException">Another server runs on the directory.</exception>
    /// <exception cref="SettingsException">It cannot start as it was told to.</exception>
    public static async Task<PaddockServer> StartAsync(ServeSettings settings, Action<WebApplicationBuilder>? configure, CancellationToken cancellationToken)
    {
        var directory = DataDirectoryLock.Acquire(settings.DataDirectory);
        WebApplication? built = null;
        try
        {
            DatabaseMark.Check(settings);
            var door = new Listeners(settings);
            built = Build(settings, door, configure);
            await PrepareAsync(built.Services, settings, cancellationToken);
            await built.StartAsync(cancellationToken);
            door.CloseSocketToOthers();
            var server = new PaddockServer(built, directory, settings, door);
            server.Announce();
            return server;
        }
        catch
        {
            if (built is not null)
            {
                await built.DisposeAsync();
            }

            directory.Dispose();
            throw;
        }
    }

    /// <summary>Runs until the process is asked to stop; then streams drain and everything is closed.</summary>
    public async Task RunUntilStoppedAsync()
    {
        await app.WaitForShutdownAsync();
        Log.Stopped(app.Services.GetRequiredService<ILogger<PaddockServer>>());
        ServerFile.Remove(settings.DataDirectory);
    }

    public async ValueTask DisposeAsync()
    {
        ServerFile.Remove(settings.DataDirectory);
        await app.StopAsync();
        await app.DisposeAsync();
        if (Socket is not null)
        {
            File.Delete(Socket);
        }

        held.Dispose();
    }

    private static WebApplication Build(ServeSettings settings, Listeners listeners, Action<WebApplicationBuilder>? configure)
    {
        // Empty: no settings files of a working directory, no variables of a framework, nothing that is not named here.
        var builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = "paddock", ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddTelemetryVariables(settings);
        builder.WebHost.UseKestrelCore();
        listeners.Configure(builder.WebHost);
        AddLogging(builder.Logging, settings);
        // Beyond the drain there is a moment for what was cancelled to end and be recorded.
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = settings.Drain + TimeSpan.FromSeconds(15));
        builder.Services.AddPaddock(settings, listeners);
        configure?.Invoke(builder);
        var built = builder.Build();
        built.UseRouting();
        built.Use(built.Services.GetRequiredService<FrontGate>().RunAsync);
        Map(built, settings);
        built.UseEndpoints(_ => { });
        return built;
    }

    private static void Map(WebApplication routes, ServeSettings settings)
    {
        var both = routes.MapGroup("").WithMetadata(EndpointSide.Both);
        var operators = routes.MapGroup("").WithMetadata(EndpointSide.Operators);
        both.MapProbes();
        both.MapAuditLog();
        both.MapSignIn();
        both.MapOAuth();
        operators.MapControl();
        operators.MapScm();
        operators.MapMetrics(settings);
        operators.MapWeb();
        if (!settings.ControlOnly)
        {
            var agents = routes.MapGroup("").WithMetadata(EndpointSide.Agents);
            agents.MapGateway();
            agents.MapAgents();
            agents.MapAccess();
        }
    }

    private static void AddLogging(ILoggingBuilder logging, ServeSettings settings)
    {
        logging.SetMinimumLevel(settings.LogLevel);
        logging.AddFilter("Microsoft", settings.LogLevel > LogLevel.Warning ? settings.LogLevel : LogLevel.Warning);
        // A start that failed is told by the command, in words; what stays is a service that died.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        // Any level here makes hosting create an activity and a log scope for every request.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        // What a command prints is its result; what a server logs goes to standard error.
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        if (settings.LogJson)
        {
            logging.AddJsonConsole(json => (json.UseUtcTimestamp, json.TimestampFormat) = (true, "O"));
        }
        else
        {
            logging.AddSimpleConsole(text => (text.SingleLine, text.UseUtcTimestamp, text.TimestampFormat, text.ColorBehavior) = (true, true, "yyyy-MM-dd HH:mm:ss.fff ", LoggerColorBehavior.Disabled));
        }
    }

    private static async Task PrepareAsync(IServiceProvider services, ServeSettings settings, CancellationToken cancellationToken)
    {
        if (settings.Certificate is not null)
        {
            services.GetRequiredService<CertificateFile>(); // a bad one ends the start, not the first handshake
        }

        await services.GetRequiredService<StoreMaintenance>().StartAsync(cancellationToken);
        DatabaseMark.Write(settings);
        var keys = services.GetRequiredService<InstallationKeys>();
        if (await keys.EnsureAdminKeyAsync(services.GetRequiredService<IIdentityStore>(), services.GetRequiredService<Pepper>(), services.GetRequiredService<TimeProvider>(), cancellationToken))
        {
            Log.AdminKeyMade(services.GetRequiredService<ILogger<PaddockServer>>(), keys.AdminKeyFile);
        }

        await services.GetRequiredService<FirstRelease>().TakeAsync(cancellationToken);
    }

    private void Announce()
    {
        if (settings.ControlOnly)
        {
            return;
        }

        var startedAt = app.Services.GetRequiredService<LocalInstallation>().StartedAt;
        new ServerFile(Environment.ProcessId, PaddockVersion.Text, startedAt, AgentsUrls, OperatorsUrls, Socket).Write(settings.DataDirectory);
        foreach (var listener in settings.Listeners.Where(listener => listener is { Address.Address: null, Hosts.Count: 0 }))
        {
            Log.NoHosts(app.Services.GetRequiredService<ILogger<PaddockServer>>(), listener.Address.ToString());
        }
    }
}
