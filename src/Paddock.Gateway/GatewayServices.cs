using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Paddock.Core.Containments;
using Paddock.Core.Models;
using Paddock.Core.Notifications;
using Paddock.Core.Policies;
using Paddock.Core.Tools;
using Paddock.Gateway.Catalog;
using Paddock.Gateway.Containments;
using Paddock.Gateway.Decide;
using Paddock.Gateway.Execute;
using Paddock.Gateway.Guard;
using Paddock.Gateway.Identify;
using Paddock.Gateway.Receive;
using Paddock.Gateway.Record;
using Paddock.Gateway.Tasks;

namespace Paddock.Gateway;

/// <summary>The data plane. Needs from others: identities, containments, key authenticator, pepper, snapshots, budgets, price book, ledger, audit log, decisions, clients, task memory, stale tasks and the agents' dialects.</summary>
public static class GatewayServices
{
    public static IServiceCollection AddGateway(this IServiceCollection services, GatewayOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<BufferLimits>();
        services.AddSingleton<BodyReceiver>();
        services.AddSingleton<Reception>();
        services.AddSingleton<Fingerprints>();
        services.AddSingleton<Identification>();
        services.AddSingleton<ClientCheck>();
        services.AddSingleton<TargetResolver>();
        services.AddSingleton<ContainmentCheck>();
        services.AddSingleton<Decision>();
        services.AddSingleton<Pricing>();
        services.AddSingleton<GatewayMetrics>();
        services.AddSingleton<Recording>();
        services.AddSingleton<Upstreams>();
        services.AddSingleton<Credentials>();
        services.AddGuard();
        services.AddSingleton<Attempt>();
        services.AddSingleton<RefusalWriter>();
        services.AddSingleton<Execution>();
        services.AddSingleton<Pipeline>();
        services.AddSingleton<Entrances>();
        services.AddSingleton<ModelListEndpoint>();
        services.AddSingleton<ProviderModels>();
        services.AddSingleton<ModelCatalog>();
        services.AddSingleton<IModelCatalog>(static provider => provider.GetRequiredService<ModelCatalog>());
        services.AddSingleton<InFlightCalls>();
        services.AddSingleton<IRunningCalls>(static provider => provider.GetRequiredService<InFlightCalls>());
        services.AddHostedService(static provider => provider.GetRequiredService<InFlightCalls>());
        return services;
    }

    private static void AddGuard(this IServiceCollection services)
    {
        services.TryAddSingleton<ToolShapes>();
        services.AddSingleton<ToolApprovals>();
        services.AddSingleton<ToolEntries>();
        services.AddSingleton<ContentKeeper>();
        services.AddSingleton<ConversationKeeper>();
        services.AddHostedService(static provider => provider.GetRequiredService<ContentKeeper>());
        services.AddSingleton<DecisionRecord>();
        services.TryAddSingleton<INotifications, NoNotifications>();
        services.AddSingleton<Obligations>();
        services.AddSingleton<ToolDecisionPoint>();
        services.AddSingleton<DecisionBook>();
        services.AddSingleton<IDecisionPoint, OutsideDecisions>();
        services.AddSingleton<OfferReview>();
        services.AddSingleton<LiveTasks>();
        services.AddSingleton<TaskModes>();
        services.AddSingleton<ContextCheck>();
        services.AddSingleton<RecentCalls>();
        services.AddSingleton<ToolResults>();
        services.TryAddSingleton<IToolJudge, ToolJudge>();
    }
}
