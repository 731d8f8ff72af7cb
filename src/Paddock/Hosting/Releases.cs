using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Paddock.Core.Budgets;
using Paddock.Core.Ledger;
using Paddock.Core.Models;
using Paddock.Core.Releases;
using Paddock.Core.Snapshot;
using Paddock.Settings;

namespace Paddock.Hosting;

/// <summary>Wires releases, prices and budgets, and brings the first snapshot up.</summary>
internal static class Releases
{
    public static IServiceCollection AddReleases(this IServiceCollection services, ServeSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton<ISnapshots>(_ => new SnapshotHolder(Empty()));
        services.AddSingleton<IPriceBook>(_ => PriceBook.Embedded);
        services.AddSingleton<BudgetBook>();
        services.AddSingleton<IBudgets>(provider => provider.GetRequiredService<BudgetBook>());
        services.AddSingleton<ReleaseActivation>();
        if (!settings.ControlOnly)
        {
            services.AddHostedService<ReleaseWatcher>();
        }

        return services;
    }

    /// <summary>Takes in the directory's release (or the environment's), or goes on with the last good one; then tells the budgets what was spent.</summary>
    /// <exception cref="SettingsException">There is nothing good to serve.</exception>
    public static async Task StartReleasesAsync(this IServiceProvider services, ServeSettings settings, CancellationToken cancellationToken)
    {
        var releases = services.GetRequiredService<ReleaseActivation>();
        var environment = ReleaseDirectory.FromEnvironment();
        if (settings.ControlOnly)
        {
            await releases.ResumeAsync(cancellationToken);
        }
        else if (settings.ReleaseDirectory is { } directory)
        {
            await TakeDirectoryAsync(services, releases, directory, environment, cancellationToken);
        }
        else if (settings.Documents is { } documents)
        {
            await releases.TakeAsync(documents, environment: null, "system:demo", cancellationToken);
        }
        else if (environment.Count > 0 || !await releases.ResumeAsync(cancellationToken))
        {
            await releases.TakeAsync([], environment, "system:environment", cancellationToken);
        }

        await SeedAsync(services, cancellationToken);
    }

    private static async Task TakeDirectoryAsync(IServiceProvider services, ReleaseActivation releases, string directory, IReadOnlyList<SourceFile> environment, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(directory))
        {
            throw new SettingsException($"--release: there is no directory '{directory}'.");
        }

        var faults = await releases.TakeAsync(ReleaseDirectory.Read(directory), environment, "system:release-dir", cancellationToken);
        if (faults.Count == 0)
        {
            return;
        }

        var text = string.Join(Environment.NewLine, faults);
        if (!await releases.ResumeAsync(cancellationToken))
        {
            throw new SettingsException($"The release in '{directory}' is rejected and there is no earlier one to go on with:{Environment.NewLine}{text}");
        }

        Log.ReleaseRejected(services.GetRequiredService<ILoggerFactory>().CreateLogger<ReleaseActivation>(), faults.Count, text);
    }

    private static async Task SeedAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var snapshot = services.GetRequiredService<ISnapshots>().Current;
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        if (BudgetBook.SeedFrom(snapshot, now) is { } since)
        {
            var buckets = await services.GetRequiredService<ILedgerReader>().SpendSinceAsync(since, cancellationToken);
            services.GetRequiredService<BudgetBook>().Seed(snapshot, buckets, now);
        }
    }

    private static GovernanceSnapshot Empty() => SnapshotBuilder.Build(((LoadOutcome.Loaded)ReleaseLoader.Load([])).Content);
}
