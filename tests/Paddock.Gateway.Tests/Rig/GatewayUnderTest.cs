using System.Collections.Frozen;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Paddock.Core.Agents;
using Paddock.Core.Approvals;
using Paddock.Core.Audit;
using Paddock.Core.Audit.Payloads;
using Paddock.Core.Budgets;
using Paddock.Core.Containments;
using Paddock.Core.Identity;
using Paddock.Core.Ledger;
using Paddock.Core.Models;
using Paddock.Core.Policies;

using Paddock.Core.Notifications;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Releases;
using Paddock.Core.Snapshot;
using Paddock.Core.Tasks;
using Paddock.Testing;

namespace Paddock.Gateway.Tests.Rig;

/// <summary>The data plane on a loopback socket, in front of scripted providers, with a ledger that can be read.</summary>
public sealed class GatewayUnderTest : IAsyncDisposable
{
    private readonly WebApplication app;

    private GatewayUnderTest(WebApplication app, TestIdentities identities, ScriptedUpstream upstream)
    {
        (this.app, Identities, Upstream) = (app, identities, upstream);
        Address = new(app.Urls.First());
        (Token, Caller) = identities.AddKey(new() { Models = true });
        Http = Client(Token);
    }

    public Uri Address { get; }

    public TestIdentities Identities { get; }

    public TestContainments Containments => app.Services.GetRequiredService<TestContainments>();

    public ScriptedUpstream Upstream { get; }

    public MemoryLedger Ledger => app.Services.GetRequiredService<MemoryLedger>();

    /// <summary>Puts another snapshot in force.</summary>
    public void Publish(Func<GovernanceSnapshot, GovernanceSnapshot> change)
    {
        var snapshots = app.Services.GetRequiredService<ISnapshots>();
        snapshots.Publish(change(snapshots.Current));
    }

    public MemoryApprovals Approvals => app.Services.GetRequiredService<MemoryApprovals>();

    public MemoryAudit Audit => app.Services.GetRequiredService<MemoryAudit>();

    public MemoryPayloads Payloads => app.Services.GetRequiredService<MemoryPayloads>();

    public MemoryDecisions Decisions => app.Services.GetRequiredService<MemoryDecisions>();

    /// <summary>Decides for those who enforce outside.</summary>
    public IDecisionPoint Outside => app.Services.GetRequiredService<IDecisionPoint>();

    /// <summary>The same in another process on the same database: what was decided before, it knows from there alone.</summary>
    public IDecisionPoint OutsideElsewhere() => ActivatorUtilities.CreateInstance<global::Paddock.Gateway.Guard.OutsideDecisions>(app.Services, new global::Paddock.Gateway.Guard.DecisionBook(app.Services.GetRequiredService<TimeProvider>()));

    /// <summary>A part of the product as it is wired.</summary>
    public T Part<T>()
        where T : class => app.Services.GetRequiredService<T>();

    public MemoryTasks Remembered => app.Services.GetRequiredService<MemoryTasks>();

    public MemoryClients Clients => app.Services.GetRequiredService<MemoryClients>();

    public RecordingBudgets Budgets => app.Services.GetRequiredService<RecordingBudgets>();

    /// <summary>Calls that run now.</summary>
    public int InFlight => app.Services.GetRequiredService<Execute.InFlightCalls>().Total;

    /// <summary>How many calls that run a containment would hit.</summary>
    public int Running(ContainmentSelector selector) => app.Services.GetRequiredService<IRunningCalls>().Count(selector);

    /// <summary>Calls that are read on although their clients are gone.</summary>
    public int Draining => app.Services.GetRequiredService<Execute.InFlightCalls>().Draining;

    /// <summary>Body bytes held now.</summary>
    public long BufferedBytes => app.Services.GetRequiredService<Receive.BufferLimits>().Total;

    public string Token { get; }

    public Caller Caller { get; }

    /// <summary>A client that presents the first key.</summary>
    public HttpClient Http { get; }

    public static async Task<GatewayUnderTest> StartAsync(GatewaySetup? setup = null)
    {
        setup ??= new();
        var upstream = new ScriptedUpstream();
        var pepper = new Pepper(new byte[32]);
        var identities = new TestIdentities(pepper);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.UseHeaderBytes();
            setup.Limits(kestrel.Limits);
        });
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
        var services = builder.Services;
        services.AddRouting();
        services.AddMetrics();
        services.AddSingleton(setup.Time);
        services.AddSingleton(pepper);
        services.AddSingleton<IIdentities>(identities);
        services.AddSingleton<TestContainments>();
        services.AddSingleton<IContainments>(provider => provider.GetRequiredService<TestContainments>());
        services.AddSingleton(new KeyAuthenticator(identities, pepper));
        services.AddSingleton<MemoryLedger>();
        services.AddSingleton<ILedger>(provider => provider.GetRequiredService<MemoryLedger>());
        services.AddSingleton<RecordingBudgets>();
        services.AddSingleton<IBudgets>(provider => provider.GetRequiredService<RecordingBudgets>());
        services.AddSingleton<IPriceBook>(setup.Prices);
        services.AddSingleton<ISnapshots>(new SnapshotHolder(setup.Snapshot(upstream.Address)));
        setup.Dialects.ToList().ForEach(dialect => services.AddSingleton(dialect));
        setup.AddJudge(services);
        services.AddGateway(setup.Options);
        var built = builder.Build();
        built.MapGateway();
        await built.StartAsync();
        return new(built, identities, upstream);
    }

    public HttpClient Client(string? token)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = Address };
        if (token is not null)
        {
            client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer " + token);
        }

        return client;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Upstream.DisposeAsync();
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
    }
}

/// <summary>What a test may change.</summary>
public sealed record GatewaySetup
{
    public TimeProvider Time { get; init; } = TimeProvider.System;

    public GatewayOptions Options { get; init; } = new();

    public Action<KestrelServerLimits> Limits { get; init; } = static _ => { };

    public FixedPrices Prices { get; init; } = new(new Price { InputPerMtok = 3m, OutputPerMtok = 15m, CacheReadPerMtok = 0.3m, CacheWrite5mPerMtok = 3.75m, CacheWrite1hPerMtok = 6m });

    /// <summary>Judges tool calls; null = the product's own.</summary>
    internal Paddock.Gateway.Guard.IToolJudge? Judge { get; init; }

    public IReadOnlyList<IAgentDialect> Dialects { get; init; } = [];

    public INotifications Notifications { get; init; } = new NoNotifications();

    internal void AddJudge(IServiceCollection services)
    {
        services.AddSingleton(Notifications);

        services.AddSingleton<MemoryAudit>();
        services.AddSingleton<IAuditLog>(static provider => provider.GetRequiredService<MemoryAudit>());
        services.AddSingleton<MemoryPayloads>();
        services.AddSingleton<IPayloads>(static provider => provider.GetRequiredService<MemoryPayloads>());
        services.AddSingleton<MemoryDecisions>();
        services.AddSingleton<IDecisions>(static provider => provider.GetRequiredService<MemoryDecisions>());
        services.AddSingleton<MemoryTasks>();
        services.AddSingleton<ITaskMemory>(static provider => provider.GetRequiredService<MemoryTasks>());
        services.AddSingleton<MemoryClients>();
        services.AddSingleton<IClients>(static provider => provider.GetRequiredService<MemoryClients>());
        services.AddSingleton<MemoryStaleTasks>();
        services.AddSingleton<IStaleTasks>(static provider => provider.GetRequiredService<MemoryStaleTasks>());
        services.AddSingleton<MemoryApprovals>();
        services.AddSingleton<IApprovals>(static provider => provider.GetRequiredService<MemoryApprovals>());
        services.AddSingleton(new ApprovalLinks(new("https://paddock.example")));
        if (Judge is not null)
        {
            services.AddSingleton(Judge);
        }
    }

    public Func<Uri, GovernanceSnapshot> Snapshot { get; init; } = address => Snapshots.Of([Snapshots.Provider("main", address)]);
}

public static class Snapshots
{
    public static Provider Provider(string name, Uri address, params Wire[] wires) => new()
    {
        Name = name,
        BaseUrl = new(address, "up"),
        Wires = wires.Length > 0 ? [.. wires] : [Wire.OpenAiChat, Wire.OpenAiResponses, Wire.AnthropicMessages],
        Auth = new(AuthScheme.None),
    };

    /// <summary>The same under these policies, each document enforced as its binding says.</summary>
    public static GovernanceSnapshot Under(this GovernanceSnapshot snapshot, string documents)
    {
        var loaded = ReleaseLoader.Load([new("policies.yaml", documents)]).ShouldBeOfType<LoadOutcome.Loaded>();
        var built = SnapshotBuilder.Build(loaded.Content);
        return new()
        {
            Digest = snapshot.Digest,
            Providers = snapshot.Providers,
            ProvidersByName = snapshot.ProvidersByName,
            Routes = snapshot.Routes,
            Models = snapshot.Models,
            Budgets = snapshot.Budgets,
            Defaults = snapshot.Defaults,
            Chains = built.Chains,
            Profiles = built.Profiles,
            Policies = built.Policies,
        };
    }

    public static GovernanceSnapshot Of(IReadOnlyList<Provider> providers, IReadOnlyList<Model>? models = null, IReadOnlyList<ModelRoute>? routes = null, IReadOnlyList<Budget>? budgets = null, ReleaseDefaults? defaults = null) => new()
    {
        Digest = ReleaseDigest.Parse("sha256:" + new string('a', 64)),
        Providers = [.. providers],
        ProvidersByName = providers.ToFrozenDictionary(provider => provider.Name),
        Models = (models ?? []).ToFrozenDictionary(model => model.Name),
        Routes = (routes ?? []).ToFrozenDictionary(route => route.Name),
        Budgets = [.. budgets ?? []],
        Defaults = defaults ?? new(),
    };
}
