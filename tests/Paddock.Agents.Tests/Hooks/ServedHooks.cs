using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Paddock.Agents.Hooks;
using Paddock.Core.Agents;
using Paddock.Core.Identity;
using Paddock.Core.Incidents;
using Paddock.Core.Models;
using Paddock.Core.Policies;
using Paddock.Core.Snapshot;
using Paddock.Core.Tasks;
using Paddock.Testing;

namespace Paddock.Agents.Tests.Hooks;

/// <summary>The endpoint of hooks over a real socket, where every call is allowed, and what is kept of what they tell.</summary>
internal sealed class ServedHooks : IAsyncDisposable
{
    private static readonly Pepper pepper = new(new byte[32]);
    private readonly MeterListener listener = new();
    private readonly WebApplication app;
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });

    private ServedHooks()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton<TimeProvider>(Time).AddSingleton<IIdentities>(Identities).AddSingleton(new KeyAuthenticator(Identities, pepper));
        builder.Services.AddSingleton<IModelCatalog>(new Nothing()).AddSingleton<ISnapshots>(new SnapshotHolder(null!)).AddSingleton<IDecisionPoint>(new Nothing());
        builder.Services.AddSingleton<IClients>(Clients).AddSingleton<IAgentEvents>(Events).AddSingleton<IIncidentNotices>(Notices);
        builder.Services.AddAgents();
        app = builder.Build();
        app.MapAgents();
    }

    public FakeTimeProvider Time { get; } = new(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    public TestIdentities Identities { get; } = new(pepper);

    public MemoryAgentEvents Events { get; } = new();

    public MemoryClients Clients { get; } = new();

    public OneNotice Notices { get; } = new();

    /// <summary>How many events there were of each agent and outcome.</summary>
    public Dictionary<string, long> Counted { get; } = new(StringComparer.Ordinal);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<ServedHooks> StartAsync()
    {
        var served = new ServedHooks();
        await served.app.StartAsync(Cancellation);
        served.http.BaseAddress = new(served.app.Urls.First());
        served.Listen(served.app.Services.GetRequiredService<IMeterFactory>());
        return served;
    }

    public string Key(string user = "ada") => Identities.AddKey(new() { Tools = true }, user).Token;

    public string Token(SessionClient client)
    {
        var caller = Identities.AddSession(client, "ada");
        return new SessionToken(caller.Key.Id, caller.Principal.Id, "org_00000000000000000000", Time.GetUtcNow(), Time.GetUtcNow() + TimeSpan.FromMinutes(15)).Write(pepper, "cj").Reveal();
    }

    /// <param name="tells">The hook says that it does not ask.</param>
    public async Task<(HttpStatusCode Status, string Body)> TellAsync(string key, string agent, string body, bool tells = false, string? mode = null, string? repository = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/hooks/v1/{agent}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + key);
        foreach (var (name, value) in new[] { (HookEndpoint.KindHeader, tells ? "tells" : null), ("X-Paddock-Mode", mode), ("X-Paddock-Repository", repository) })
        {
            if (value is not null)
            {
                request.Headers.Add(name, value);
            }
        }

        using var answer = await http.SendAsync(request, Cancellation);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        http.Dispose();
        await app.DisposeAsync();
    }

    private void Listen(IMeterFactory ours)
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Scope == ours && instrument.Name == "paddock.telemetry.hook_events")
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            lock (Counted)
            {
                var name = $"{tags[0].Value} {tags[1].Value}";
                Counted[name] = Counted.GetValueOrDefault(name) + count;
            }
        });
        listener.Start();
    }

    /// <summary>A line that each task is told once.</summary>
    internal sealed class OneNotice : IIncidentNotices
    {
        private readonly HashSet<string> told = new(StringComparer.Ordinal);

        /// <summary>Null = there is none.</summary>
        public string? Line { get; set; }

        public Exception? Fault { get; set; }

        public Task<string?> TakeAsync(string task, CancellationToken cancellationToken) => Fault is { } fault ? Task.FromException<string?>(fault) : Task.FromResult(Line is not null && told.Add(task) ? Line : null);
    }

    private sealed class Nothing : IModelCatalog, IDecisionPoint
    {
        public ValueTask<IReadOnlyList<CatalogModel>> ListAsync(Caller caller, CancellationToken cancellationToken) => ValueTask.FromResult<IReadOnlyList<CatalogModel>>([]);

        public Task<OutsideDecision> DecideAsync(OutsideCall call, CancellationToken cancellationToken) => Task.FromResult<OutsideDecision>(new OutsideDecision.Allowed());
    }
}
