using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Paddock.Agents;
using Paddock.Control;
using Paddock.Core.Identity;
using Paddock.Diagnostics;
using Paddock.Gateway;
using Paddock.Settings;
using Paddock.Store;
using Paddock.Store.Coordination;

namespace Paddock.Hosting;

/// <summary>The whole product as one object: builds, starts and stops it. Tests run it on port 0.</summary>
internal sealed class PaddockServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly DataDirectoryLock held;
    private readonly ServeSettings settings;

    private PaddockServer(WebApplication app, DataDirectoryLock held, ServeSettings settings) => (this.app, this.held, this.settings) = (app, held, settings);

    public IReadOnlyList<string> Urls => [.. app.Urls];

    public IServiceProvider Services => app.Services;

    /// <summary>Takes the directory's lock and starts.</summary>
    /// <param name="configure">For tests: replaces services before anything is built.</param>
    /// <exception cref="DataDirectoryInUseException">Another server runs on the directory.</exception>
    public static async Task<PaddockServer> StartAsync(ServeSettings settings, Action<IServiceCollection>? configure, CancellationToken cancellationToken)
    {
        var taken = DataDirectoryLock.Acquire(settings.DataDirectory);
        WebApplication? built = null;
        try
        {
            built = Build(settings, configure);
            await PrepareAsync(built, settings, cancellationToken);
            await built.StartAsync(cancellationToken);
            if (!settings.ControlOnly)
            {
                new ServerFile(Environment.ProcessId, [.. built.Urls], PaddockVersion.Text).Write(settings.DataDirectory);
            }

            return new(built, taken, settings);
        }
        catch
        {
            if (built is not null)
            {
                await built.DisposeAsync();
            }

            taken.Dispose();
            throw;
        }
    }

    public Task RunUntilStoppedAsync() => app.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        if (!settings.ControlOnly)
        {
            ServerFile.Remove(settings.DataDirectory);
        }

        await app.StopAsync();
        await app.DisposeAsync();
        held.Dispose();
    }

    private static WebApplication Build(ServeSettings settings, Action<IServiceCollection>? configure)
    {
        var builder = WebApplication.CreateSlimBuilder();
        Listeners.Configure(builder, settings);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
            // Any level here makes hosting create an activity and a log scope for every request.
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None).AddFilter("Microsoft.Hosting", LogLevel.Warning);
        if (settings.ControlOnly)
        {
            builder.Logging.SetMinimumLevel(LogLevel.Warning);
        }

        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(30));
        AddServices(builder.Services, settings);
        configure?.Invoke(builder.Services);
        var built = builder.Build();
        built.Use(PoolHop.RunAsync);
        built.Use(new HostAllowList(settings.Hosts).RunAsync);
        built.MapHealth();
        built.MapControl();
        if (!settings.ControlOnly)
        {
            built.MapMetrics();
            built.MapGateway();
            built.MapAgents();
        }

        return built;
    }

    private static void AddServices(IServiceCollection services, ServeSettings settings)
    {
        var keys = new InstallationKeys(settings.DataDirectory);
        services.AddRoutingCore();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(keys);
        services.AddSingleton(keys.Pepper());
        services.AddStore(new() { DataDirectory = settings.DataDirectory, PostgresConnection = settings.Postgres });
        services.AddSingleton<KeyAuthenticator>();
        services.AddReleases(settings);
        services.AddAgents();
        services.AddControl();
        if (!settings.ControlOnly)
        {
            services.AddGateway(new());
            services.AddExport();
        }
    }

    private static async Task PrepareAsync(WebApplication host, ServeSettings settings, CancellationToken cancellationToken)
    {
        var services = host.Services;
        await services.GetRequiredService<StoreMaintenance>().StartAsync(cancellationToken);
        await services.GetRequiredService<InstallationKeys>()
            .EnsureAdminKeyAsync(services.GetRequiredService<IIdentityStore>(), services.GetRequiredService<Pepper>(), services.GetRequiredService<TimeProvider>(), cancellationToken);
        await services.StartReleasesAsync(settings, cancellationToken);
    }
}
