using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Paddock.Core.Agents;
using Paddock.Core.Alerts;
using Paddock.Core.Approvals;
using Paddock.Core.Audit;
using Paddock.Core.Audit.Payloads;
using Paddock.Core.Containments;
using Paddock.Core.Identity;
using Paddock.Core.Incidents;
using Paddock.Core.Ledger;
using Paddock.Core.Metrics;
using Paddock.Core.Mitigations;
using Paddock.Core.Modes;
using Paddock.Core.Notifications;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Releases;
using Paddock.Core.Runbooks;
using Paddock.Core.Scm;
using Paddock.Core.Tasks;
using Paddock.Store.Agents;
using Paddock.Store.Alerts;
using Paddock.Store.Approvals;
using Paddock.Store.Audit;
using Paddock.Store.Audit.Payloads;
using Paddock.Store.Audit.Tiles;
using Paddock.Store.Backups;
using Paddock.Store.Containments;
using Paddock.Store.Coordination;
using Paddock.Store.Dialects;
using Paddock.Store.Identity;
using Paddock.Store.Incidents;
using Paddock.Store.Ledger;
using Paddock.Store.Migrations;
using Paddock.Store.Mitigations;
using Paddock.Store.Modes;
using Paddock.Store.Notifications;
using Paddock.Store.Policies;
using Paddock.Store.Releases;
using Paddock.Store.Runbooks;
using Paddock.Store.Scm;
using Paddock.Store.Tasks;

namespace Paddock.Store;

/// <summary>Wires the store.</summary>
public static class StoreServices
{
    /// <summary>
    /// Adds <see cref="IIdentityStore"/>, <see cref="ISignInStore"/>, <see cref="IIdentities"/>, <see cref="IApprovals"/>, <see cref="IContainmentStore"/>, <see cref="IContainments"/>, <see cref="IMitigationStore"/>, <see cref="IDecisions"/>,
    /// <see cref="ITaskMemory"/>, <see cref="IAgentEvents"/>, <see cref="ITasks"/>, <see cref="ITallies"/>, <see cref="ITaskLinks"/>, <see cref="IAuditLog"/>, <see cref="IPayloads"/>, <see cref="IReleaseStore"/>, <see cref="IClientSettings"/>, <see cref="IClients"/>, <see cref="IStaleTasks"/>, <see cref="IIncidents"/>, <see cref="ILedger"/>, <see cref="ILedgerReader"/> and <see cref="StoreMaintenance"/>. Register it before whatever uses it: hosted services start
    /// in order and stop in reverse. Without a host, call <see cref="StoreMaintenance.StartAsync"/> and <see cref="StoreMaintenance.StopAsync"/>.
    /// </summary>
    public static IServiceCollection AddStore(this IServiceCollection services, StoreOptions options)
    {
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddDatabase(options);
        services.AddKeys(options);
        services.AddAudit();
        services.AddPayloads();
        services.AddIdentity();
        services.AddApprovals();
        services.AddDecisions();
        services.AddContainments();
        services.AddSingleton<LiveMitigations>().AddSingleton<MitigationStore>().AddSingleton<MitigationClock>();
        services.AddSingleton<IMitigationStore>(p => p.GetRequiredService<MitigationStore>());
        services.AddLedger();
        services.AddSingleton<IReleaseStore, ReleaseStore>();
        services.AddSingleton<IClientSettings, ClientSettings>();
        services.AddSingleton<NoticeRation>().AddSingleton<StaleTasks>();
        services.AddSingleton<IStaleTasks>(p => p.GetRequiredService<StaleTasks>());
        services.AddSingleton<StaleClientNotices>().AddSingleton<LiveClients>().AddSingleton<ClientUpkeep>();
        services.AddSingleton<IClients>(p => p.GetRequiredService<LiveClients>());
        services.AddTasks();
        services.AddAlerts();
        services.AddSingleton<IIncidents, IncidentStore>();
        services.AddSingleton<INotices, NoticeStore>();
        services.AddSingleton<IRuns, RunStore>().AddSingleton<IDrillBook, DrillBook>();
        services.AddMaintenance();
        services.AddHostedService<StoreHost>();
        return services;
    }

    private static void AddDatabase(this IServiceCollection services, StoreOptions options)
    {
        if (options.PostgresConnection is { } connection)
        {
            services.AddSingleton(_ => new PostgresDatabase(connection));
            services.AddSingleton<IDatabase>(p => p.GetRequiredService<PostgresDatabase>());
            services.AddSingleton<ILedgerSink, PostgresLedgerSink>();
            services.AddSingleton<IPresence, PostgresPresence>();
            services.TryAddSingleton<IEntrySink, PostgresEntrySink>();
            services.TryAddSingleton<ILogLease, PostgresLease>();
            services.AddWork(static (provider, work) => new PostgresWorkLease(provider.GetRequiredService<PostgresDatabase>(), work));
        }
        else
        {
            services.AddSingleton(_ => new SqliteDatabase(options.DatabaseFile));
            services.AddSingleton<IDatabase>(p => p.GetRequiredService<SqliteDatabase>());
            services.AddSingleton<ILedgerSink, SqliteLedgerSink>();
            services.AddSingleton<IPresence, Alone>();
            services.TryAddSingleton<IEntrySink, SqliteEntrySink>();
            services.TryAddSingleton<ILogLease, OnlyProcessLease>();
            services.AddWork(static (_, _) => new OnlyProcessWorks());
        }
    }

    private static void AddWork(this IServiceCollection services, Func<IServiceProvider, Work, IWorkLease> make)
    {
        foreach (var work in Enum.GetValues<Work>())
        {
            services.AddKeyedSingleton(work, (provider, _) => make(provider, work));
        }
    }

    private static void AddAudit(this IServiceCollection services)
    {
        services.AddMetrics();
        services.TryAddSingleton<INotifications, NoNotifications>();
        services.TryAddSingleton<ISealingKeys>(p => p.GetRequiredService<MonthlySealingKeys>());
        services.TryAddSingleton(p => new EntrySpool(new JournalFiles(p.GetRequiredService<StoreOptions>().SpoolDirectory), p.GetRequiredService<StoreOptions>().AuditSpoolLimitBytes));
        services.TryAddSingleton(p => new EntryReserve(new JournalFiles(p.GetRequiredService<StoreOptions>().ReserveDirectory), p.GetRequiredService<StoreOptions>().AuditReserveBytes));
        services.TryAddSingleton<IDiskSpace, DiskSpace>();
        services.AddSingleton<IBreakGlass, BreakGlass>();
        services.AddSingleton<DiskWatch>();
        services.AddSingleton<AuditUpkeep>();
        services.AddSingleton<IReconciliation, Reconciliation>();
        services.AddSingleton<EntryBook>();
        services.TryAddSingleton<RecordedDatabase>();
        services.AddSingleton<EntryQueue>();
        services.AddSingleton<EntrySignal>();
        services.AddSingleton<AuditMetrics>();
        services.AddSingleton<AuditDevices>();
        services.AddSingleton<EntryShipper>();
        services.AddSingleton<AuditWriter>();
        services.AddSingleton<IAuditLog>(p => p.GetRequiredService<AuditWriter>());
        services.AddTiles();
    }

    /// <summary>A host that wraps keys elsewhere registers its <see cref="IKeyWrapping"/> before.</summary>
    private static void AddKeys(this IServiceCollection services, StoreOptions options)
    {
        services.TryAddSingleton<IKeyWrapping>(_ => new MasterKey(options.MasterKey?.Reveal(), options.MasterKeyFile, options.DataKeyDirectory));
        services.AddSingleton(p => new FileKeyStore(options.DataKeyDirectory, p.GetRequiredService<IKeyWrapping>()));
        services.AddSingleton<IKeyStore>(p => p.GetRequiredService<FileKeyStore>());
        services.AddSingleton<MonthlySealingKeys>();
        services.AddSingleton<KeyUpkeep>();
    }

    private static void AddPayloads(this IServiceCollection services)
    {
        services.AddSingleton<RecentPayloads>();
        services.AddSingleton<ErasureTraces>();
        services.AddSingleton<ShreddedKeys>();
        services.AddSingleton<OlderKeys>();
        services.AddSingleton<PayloadKeeping>();
        services.AddSingleton<PayloadReader>();
        services.AddSingleton<PayloadErasing>();
        services.AddSingleton<LegalHolds>();
        services.AddSingleton<PayloadUpkeep>();
        services.AddSingleton<RetentionUpkeep>();
        services.AddSingleton<IPayloads, PayloadStore>();
    }

    private static void AddIdentity(this IServiceCollection services)
    {
        services.AddSingleton<IdentitySignal>();
        services.AddSingleton<IdentityStore>();
        services.AddSingleton<IIdentityStore>(p => p.GetRequiredService<IdentityStore>());
        services.AddSingleton<ISignInStore, SignInStore>();
        services.AddSingleton<IOrganization, Organization>();
        services.AddSingleton<LiveIdentities>();
        services.AddSingleton<IIdentities>(p => p.GetRequiredService<LiveIdentities>());
    }

    /// <summary>Whoever wires the store may say before where people are told, and how the console is reached.</summary>
    private static void AddApprovals(this IServiceCollection services)
    {
        services.TryAddSingleton<INotifications, NoNotifications>();
        services.TryAddSingleton(new ApprovalLinks(Console: null));
        services.AddMetrics();
        services.AddSingleton<ApprovalMetrics>();
        services.AddSingleton<ApprovalSignals>();
        services.AddSingleton<ApprovalChanges>();
        services.AddSingleton<ApprovalFigures>();
        services.AddSingleton<ApprovalClock>();
        services.AddSingleton<IApprovals, ApprovalStore>();
    }

    private static void AddDecisions(this IServiceCollection services)
    {
        services.AddSingleton<DecisionQueue>();
        services.AddSingleton<DecisionUpkeep>();
        services.AddSingleton<IDecisions, DecisionStore>();
        services.AddSingleton<ITaskMemory, TaskRecall>();
        services.AddSingleton<IAgentEvents, AgentEventStore>();
    }

    private static void AddTasks(this IServiceCollection services)
    {
        services.TryAddSingleton(new MetricRules());
        services.AddSingleton<TaskSources>();
        services.AddSingleton<TaskWriter>();
        services.AddSingleton<TaskFolder>();
        services.AddSingleton<TaskStore>();
        services.AddSingleton<ITasks>(p => p.GetRequiredService<TaskStore>());
        services.AddSingleton<ITaskLinks, TaskLinks>();
        services.AddSingleton<ITallies>(p => p.GetRequiredService<TaskStore>());
    }

    private static void AddAlerts(this IServiceCollection services)
    {
        services.AddSingleton<SignalStore>();
        services.AddSingleton<ISignals>(p => p.GetRequiredService<SignalStore>());
        services.AddSingleton<IAlerts, AlertStore>();
        services.AddSingleton<IGauges, StoreGauges>();
    }

    private static void AddContainments(this IServiceCollection services)
    {
        services.AddSingleton<LiveContainments>();
        services.AddSingleton<IContainments>(p => p.GetRequiredService<LiveContainments>());
        services.AddSingleton<ContainmentMetrics>();
        services.AddSingleton<ContainmentStore>();
        services.AddSingleton<IContainmentStore>(p => p.GetRequiredService<ContainmentStore>());
        services.AddSingleton<ContainmentClock>();
    }

    private static void AddLedger(this IServiceCollection services)
    {
        services.TryAddSingleton<IJournalFiles>(p => new JournalFiles(p.GetRequiredService<StoreOptions>().JournalDirectory));
        services.AddSingleton<Journal>();
        services.AddSingleton<Shipper>();
        services.AddSingleton<JournaledLedger>();
        services.AddSingleton<ILedger>(p => p.GetRequiredService<JournaledLedger>());
        services.AddSingleton<ILedgerReader, LedgerReader>();
    }

    private static void AddMaintenance(this IServiceCollection services)
    {
        services.TryAddSingleton(Migration.All);
        services.AddSingleton<Migrator>();
        services.AddSingleton<BackupWriter>();
        services.AddSingleton<Restore>();
        services.AddSingleton<StoreLifetime>();
        services.AddSingleton(p => new StoreMaintenance(
            p.GetRequiredService<StoreLifetime>(), p.GetRequiredService<Migrator>(), p.GetRequiredService<BackupWriter>(), p.GetRequiredService<Restore>(),
            p.GetRequiredService<JournaledLedger>(), p.GetRequiredService<DecisionQueue>(), p.GetRequiredService<StoreOptions>(), p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<StoreMaintenance>>()));
    }
}
