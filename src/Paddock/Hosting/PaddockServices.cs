using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Agents;
using Paddock.Control;
using Paddock.Control.Installation;
using Paddock.Core.Budgets;
using Paddock.Core.Identity;
using Paddock.Core.Models;
using Paddock.Core.Releases;
using Paddock.Core.Runbooks;
using Paddock.Core.Snapshot;
using Paddock.Diagnostics;
using Paddock.Drills;
using Paddock.Gateway;
using Paddock.Identity;
using Paddock.Notifications;
using Paddock.Settings;
using Paddock.Store;
using Paddock.Web;
using Paddock.Witnesses;

namespace Paddock.Hosting;

/// <summary>Wires the rooms together.</summary>
internal static class PaddockServices
{
    public static IServiceCollection AddPaddock(this IServiceCollection services, ServeSettings settings, Listeners listeners)
    {
        var keys = new InstallationKeys(settings.DataDirectory);
        services.AddRoutingCore();
        services.AddMetrics();
        services.AddSingleton(settings).AddSingleton(settings.MetricRules).AddSingleton(settings.ScmSecret).AddSingleton(listeners).AddSingleton(keys).AddSingleton(keys.Pepper());
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IMemoryPoolFactory<byte>, SocketBlocks>();
        services.AddSingleton<FrontGate>();
        services.AddSingleton<KeyAuthenticator>();
        services.AddSingleton<ISnapshots>(_ => new SnapshotHolder(Empty()));
        services.AddSingleton<IPriceBook>(_ => PriceBook.Embedded);
        services.AddSingleton<BudgetBook>().AddSingleton<IBudgets>(provider => provider.GetRequiredService<BudgetBook>());
        services.AddSingleton<LocalInstallation>().AddSingleton<IInstallation>(provider => provider.GetRequiredService<LocalInstallation>());
        services.AddSingleton<FirstRelease>().AddSingleton<ReleaseWatcher>();
        services.AddNotifications(settings);
        services.AddWitnesses(settings);
        services.AddSignIn(settings.SignIn);
        services.AddStore(StoreOf(settings));
        if (!settings.ControlOnly)
        {
            services.AddHostedService<ServerEntries>();
        }

        services.AddAgents();
        services.AddControl();
        services.AddSingleton<IDrills, TwinDrills>();
        services.AddWeb();
        services.AddDiagnostics(settings);
        if (!settings.ControlOnly)
        {
            services.AddServing(settings);
        }

        return services;
    }

    private static StoreOptions StoreOf(ServeSettings settings) => new()
    {
        DataDirectory = settings.DataDirectory,
        PostgresConnection = settings.Postgres?.Reveal(),
        JournalLimitBytes = settings.JournalBytes,
        KeepDecisions = settings.KeepDecisions,
        Tasks = settings.Tasks,
        AuditSpoolDirectory = settings.AuditSpool,
        MasterKey = settings.OwnKeys ? null : InstallationKeys.MasterKey(),
        OrganizationName = settings.SignIn.Organization,
        AuditName = settings.AuditName,
        AuditShard = settings.AuditShard,
        AuditKeys = settings.OwnKeys ? null : InstallationKeys.AuditKeys(),
    };

    private static void AddServing(this IServiceCollection services, ServeSettings settings)
    {
        services.AddGateway(new()
        {
            MaxBodyBytes = settings.MaxBodyBytes,
            MaxBufferedBytes = settings.MaxBufferedBytes,
            MaxBufferedBytesPerKey = settings.MaxBufferedBytesPerKey,
            DrainStreamsFor = settings.Drain,
        });
        services.AddNoticeDelivery(settings);
        services.AddHostedService(provider => provider.GetRequiredService<ReleaseWatcher>());
        if (settings.Certificate is { } certificate)
        {
            services.AddSingleton(certificate).AddSingleton<CertificateFile>().AddHostedService(provider => provider.GetRequiredService<CertificateFile>());
        }
    }

    private static GovernanceSnapshot Empty() => SnapshotBuilder.Build(((LoadOutcome.Loaded)ReleaseLoader.Load([])).Content);
}
