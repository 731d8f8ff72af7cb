using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Paddock.Core.Agents;
using Paddock.Core.Budgets;
using Paddock.Core.Identity;
using Paddock.Core.Models;
using Paddock.Core.Modes;
using Paddock.Core.Releases;
using Paddock.Core.Snapshot;
using Paddock.Core.Tasks;
using Paddock.Testing;

namespace Paddock.Agents.Tests.RooCode.Settings;

/// <summary>Roo Code's cloud as Paddock speaks it, over a real socket, and the two ways in which the client calls it.</summary>
internal sealed class RooCloud : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly HttpClient http;

    private RooCloud(string release)
    {
        Snapshots = new(Build(release));
        Settings = new(Time);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton<TimeProvider>(Time).AddSingleton(Pepper).AddSingleton<IIdentities>(Identities).AddSingleton(new KeyAuthenticator(Identities, Pepper));
        builder.Services.AddSingleton<ISnapshots>(Snapshots).AddSingleton<IClientSettings>(Settings).AddSingleton<IClients>(Clients).AddSingleton<IAgentEvents>(Events).AddSingleton(Budgets).AddSingleton<IModelCatalog>(new NoModels());
        builder.Services.AddAgents();
        app = builder.Build();
        app.MapAgents();
        http = new(new SocketsHttpHandler { UseProxy = false });
    }

    public static Pepper Pepper { get; } = new(new byte[32]);

    public FakeTimeProvider Time { get; } = new(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    public TestIdentities Identities { get; } = new(Pepper);

    public SnapshotHolder Snapshots { get; }

    public MemoryClientSettings Settings { get; }

    public MemoryAgentEvents Events { get; } = new();

    public MemoryClients Clients { get; } = new();

    public BudgetBook Budgets { get; } = new();

    public IServiceProvider Services => app.Services;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<RooCloud> StartAsync(string release = TeamDocuments.All)
    {
        var cloud = new RooCloud(release);
        await cloud.app.StartAsync(Cancellation);
        cloud.http.BaseAddress = new(cloud.app.Urls.First());
        return cloud;
    }

    public static GovernanceSnapshot Build(string release) => ReleaseLoader.Load(release.Length == 0 ? [] : [new("release.yaml", release)]) switch
    {
        LoadOutcome.Loaded { Content: var content } => SnapshotBuilder.Build(content),
        var outcome => throw new InvalidOperationException(string.Join('\n', ((LoadOutcome.Rejected)outcome).Faults.Select(static fault => $"{fault.Line} {fault.Key} {fault.Message}"))),
    };

    /// <summary>A key for models, of somebody in a team.</summary>
    public string Key(string user = "ada", string? team = "developers") => Identities.AddKey(new() { Models = true }, user, teams: team is null ? [] : [team]).Token;

    /// <summary>A token of a session, as a client shows it.</summary>
    public string Token(SessionClient client, string user = "ada", TimeSpan? lasts = null)
    {
        var caller = Identities.AddSession(client, user);
        return new SessionToken(caller.Key.Id, caller.Principal.Id, "org_00000000000000000000", Time.GetUtcNow(), Time.GetUtcNow() + (lasts ?? TimeSpan.FromMinutes(15))).Write(Pepper, "cj").Reveal();
    }

    /// <summary>As the client asks for settings: with fetch alone.</summary>
    public Task<Answer> FetchAsync(HttpMethod method, string path, string? token, string? body = null) => SendAsync(method, path, token, "node", body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"));

    /// <summary>As its class CloudAPI asks for everything else.</summary>
    public Task<Answer> CallAsync(HttpMethod method, string path, string? token, string body = "")
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json");
        return SendAsync(method, path, token, "Roo-Code unknown", content);
    }

    /// <summary>As its marketplace asks: with axios, and nobody's token.</summary>
    public Task<Answer> BrowseAsync(string path)
    {
        var content = new ByteArrayContent([]);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json");
        return SendAsync(HttpMethod.Get, path, null, "axios/1.12.0", content, "application/json");
    }

    public async Task<Answer> SendAsync(HttpMethod method, string path, string? token, string agent, HttpContent? content, string? accept = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.TryAddWithoutValidation("User-Agent", agent);
        request.Headers.TryAddWithoutValidation("Accept", accept ?? "*/*");
        request.Headers.ExpectContinue = content is MultipartFormDataContent; // so that a refusal is read before all of it is sent
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        }

        using var answer = await http.SendAsync(request, Cancellation);
        return new(answer.StatusCode, answer.Content.Headers.ContentType?.MediaType ?? "", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    /// <summary>A request that is made by hand.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => http.SendAsync(request, Cancellation);

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.DisposeAsync();
    }

    internal sealed record Answer(HttpStatusCode Status, string Type, string Body);

    private sealed class NoModels : IModelCatalog
    {
        public ValueTask<IReadOnlyList<CatalogModel>> ListAsync(Caller caller, CancellationToken cancellationToken) => new([]);
    }
}
