using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Paddock.Agents.RooCode.SignIn;
using Paddock.Agents.Tests.RooCode.Settings;
using Paddock.Control;
using Paddock.Control.Identity;
using Paddock.Core.Budgets;
using Paddock.Core.Identity;
using Paddock.Core.Models;
using Paddock.Core.Snapshot;
using Paddock.Store;

namespace Paddock.Agents.Tests.RooCode.SignIn;

/// <summary>What Roo Code's clients sign in at, over a real socket and a store of its own, with a clock that stands still unless moved.</summary>
internal sealed class SignInCloud : IAsyncDisposable
{
    public const string Sessions = ClerkEndpoints.Path + "/v1/client/sessions/", SignIns = ClerkEndpoints.Path + "/v1/client/sign_ins", Me = ClerkEndpoints.Path + "/v1/me";

    /// <summary>Somebody who may everything.</summary>
    private static readonly Actor admin = new("usr_00000000000000000000000000000001", ControlRoles.Admin);

    private readonly string directory = Directory.CreateTempSubdirectory("paddock-clerk-").FullName;
    private readonly WebApplication app;
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });

    private SignInCloud()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton<TimeProvider>(Time).AddSingleton(new Pepper(new byte[32])).AddSingleton<KeyAuthenticator>().AddSingleton<BudgetBook>();
        builder.Services.AddSingleton<ISnapshots>(new SnapshotHolder(RooCloud.Build(""))).AddSingleton<IModelCatalog>(new NoModels());
        builder.Services.AddStore(new() { DataDirectory = directory });
        builder.Services.AddSingleton<IOrganization>(Organization);
        Trouble.Before<IIdentities>(builder.Services);
        Trouble.Before<ISignInStore>(builder.Services);
        builder.Services.AddControl().AddAgents();
        app = builder.Build();
        app.MapAgents();
    }

    public FakeTimeProvider Time { get; } = new(new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero));

    public StoreTrouble Trouble { get; } = new();

    public Company Organization { get; } = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<SignInCloud> StartAsync()
    {
        var cloud = new SignInCloud();
        await cloud.app.StartAsync(Cancellation);
        cloud.http.BaseAddress = new(cloud.app.Urls.First());
        return cloud;
    }

    public T Get<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    /// <summary>What the browser takes back to the editor after somebody said yes.</summary>
    public async Task<SessionGrant> TicketAsync(string user = "ada") => (await Get<GrantSession>().RunAsync(
        await SignedInAsync(user), new(SessionClient.Extension, "Roo Code in Visual Studio Code", Guid.NewGuid().ToString("N")), source: null, Cancellation)).ShouldBeOfType<Outcome<SessionGrant>.Done>().Value;

    /// <summary>A token of the command line's.</summary>
    public async Task<string> CliAsync(string user = "ada") => (await Get<GrantSession>().RunAsync(
        await SignedInAsync(user), new(SessionClient.Cli, "Roo Code's command line", Guid.NewGuid().ToString("N")), source: null, Cancellation)).ShouldBeOfType<Outcome<SessionGrant>.Done>().Value.Code.Reveal();

    /// <summary>A whole sign-in of the extension.</summary>
    public async Task<(string Id, string Secret)> SessionAsync(string user = "ada") => await RedeemAsync((await TicketAsync(user)).Code.Reveal());

    public async Task<(string Id, string Secret)> RedeemAsync(string ticket)
    {
        var answer = await AskAsync(SignIns, secret: null, ("strategy", "ticket"), ("ticket", ticket));
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Body);
        return (JsonElement.Parse(answer.Body).GetProperty("response").GetProperty("created_session_id").GetString() ?? "", answer.ClientToken.ShouldNotBeNull());
    }

    /// <summary>A session of any kind: its id and the secret that its client has. Whose it is is made when there is nobody of the name.</summary>
    public async Task<(string Id, string Secret)> SessionOfAsync(SessionClient client, string user = "ada")
    {
        await Get<CreateUser>().RunAsync(admin, new() { Name = user }, Cancellation);
        var secret = KeyToken.CreateSessionSecret(RandomNumberGenerator.GetBytes(40)).Reveal();
        var session = new ApiKey
        {
            Id = KeyId.CreateSession(Guid.NewGuid()),
            Prefix = "ses_",
            Name = SessionClients.NameOf(client),
            Owner = Get<IIdentities>().Current.Principals.Single(principal => principal.Name == user).Id,
            Hash = KeyHash.Compute(secret, Get<Pepper>()),
            Scopes = SessionClients.ScopesOf(client),
            CreatedAt = Time.GetUtcNow(),
            ExpiresAt = Time.GetUtcNow().AddDays(7),
            Client = client,
        };
        (await Get<IIdentityStore>().AddSessionAsync(session, source: null, passwordHash: null, Cancellation)).ShouldBeTrue();
        return (session.Id.Value, secret);
    }

    /// <summary>A token of such a session.</summary>
    public async Task<string> TokenOfAsync(SessionClient client) => (await Get<IssueToken>().RunAsync(Found(await SessionOfAsync(client)), personal: false, Cancellation)).Token.Reveal();

    public async Task<NewKey> KeyAsync(CreateKeyInput input) => (await Get<CreateKey>().RunAsync(admin, input, Cancellation)).ShouldBeOfType<Outcome<NewKey>.Done>().Value;

    public async Task RevokeAsync(string key) => (await Get<RevokeKey>().RunAsync(admin, key, Cancellation)).ShouldBeOfType<Outcome<KeyView>.Done>();

    public async Task EndAsync(string session) => (await Get<EndSession>().RunAsync(admin, session, Cancellation)).ShouldBeOfType<Outcome<SessionView>.Done>();

    public async Task DisableAsync(string user, bool disabled = true) => (await Get<ChangeUser>().RunAsync(admin, user, new() { Disabled = disabled }, Cancellation)).ShouldBeOfType<Outcome<UserView>.Done>();

    public Task<Answer> TokensAsync(string session, string? secret, string organization = "") => AskAsync(Sessions + session + "/tokens", secret, ("_is_native", "1"), ("organization_id", organization));

    public async Task<string> JwtAsync((string Id, string Secret) session, string organization = "")
    {
        var answer = await TokensAsync(session.Id, session.Secret, organization);
        answer.Body.ShouldBe(ClerkSchemas.Token);
        return JsonElement.Parse(answer.Body).GetProperty("jwt").GetString() ?? "";
    }

    /// <summary>As the extension posts a form to Clerk.</summary>
    public Task<Answer> AskAsync(string path, string? secret, params (string Name, string Value)[] form) =>
        SendAsync(HttpMethod.Post, path, secret, new FormUrlEncodedContent(form.Select(static field => KeyValuePair.Create(field.Name, field.Value))));

    public Task<Answer> PostAsync(string path, string? secret, string type, string body)
    {
        var content = new ByteArrayContent(Encoding.Latin1.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return SendAsync(HttpMethod.Post, path, secret, content);
    }

    public Task<Answer> GetAsync(string path, string? bearer) => SendAsync(HttpMethod.Get, path, bearer, content: null);

    public static JsonElement Claims(string jwt) => JsonElement.Parse(Base64Url.DecodeFromChars(jwt.Split('.')[1]));

    public async ValueTask DisposeAsync()
    {
        Trouble.Fault = null;
        http.Dispose();
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    private async Task<Answer> SendAsync(HttpMethod method, string path, string? bearer, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.TryAddWithoutValidation("User-Agent", "Roo-Code 3.52.1");
        if (bearer is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + bearer);
        }

        using var answer = await http.SendAsync(request, Cancellation);
        return new(
            answer.StatusCode, answer.Content.Headers.ContentType?.MediaType ?? "", answer.Headers.TryGetValues("Authorization", out var said) ? said.Single() : null, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    private async Task<Actor> SignedInAsync(string user) => Actor.Of(Found(await SessionOfAsync(SessionClient.Console, user)));

    private Caller Found((string Id, string Secret) session) => Get<IIdentities>().Current.Find(KeyHash.Compute(session.Secret, Get<Pepper>())).ShouldNotBeNull();

    /// <param name="ClientToken">What a response header says.</param>
    internal sealed record Answer(HttpStatusCode Status, string Type, string? ClientToken, string Body);

    /// <summary>The one organization, whose id a new installation does not have yet in its first moments.</summary>
    internal sealed class Company : IOrganization
    {
        public string? Id { get; set; } = "org_0123456789abcdef0123";

        public string Name => "The company";

        public ValueTask<string?> IdAsync(CancellationToken cancellationToken) => new(Id);
    }

    private sealed class NoModels : IModelCatalog
    {
        public ValueTask<IReadOnlyList<CatalogModel>> ListAsync(Caller caller, CancellationToken cancellationToken) => new([]);
    }
}
