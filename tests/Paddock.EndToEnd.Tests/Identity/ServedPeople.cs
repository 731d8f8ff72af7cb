using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Paddock.Control;
using Paddock.Control.Identity;
using Paddock.Core.Identity;
using Paddock.EndToEnd.Tests.Approvals;
using Paddock.Hosting;
using Paddock.Settings;
using Paddock.Simulator;

namespace Paddock.EndToEnd.Tests.Identity;

/// <summary>The real server with people who have local accounts, and a simulated provider of models behind it.</summary>
internal sealed class ServedPeople : IAsyncDisposable
{
    public const string Password = "a few words of a test";

    private readonly string data = Directory.CreateTempSubdirectory("paddock-people-").FullName;
    private PaddockServer server = null!; // started before anybody sees it
    private SimulatedProvider models = null!; // as the server

    public string Data => data;

    public string Url => server.AgentsUrls[0];

    public IIdentities Identities => Get<IIdentities>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="documents">Of its release, beside the provider <c>simulated</c>.</param>
    public static async Task<ServedPeople> StartAsync(Func<ServeSettings, ServeSettings>? with = null, Action<WebApplicationBuilder>? configure = null, string? documents = null)
    {
        var served = new ServedPeople { models = await SimulatedProvider.StartAsync(new(), Cancellation) };
        var release = Path.Combine(served.data, "release");
        Directory.CreateDirectory(release);
        await File.WriteAllTextAsync(Path.Combine(release, "provider.yaml"), $$"""
            apiVersion: paddock/v1alpha1
            kind: Provider
            metadata: {name: simulated, owner: tests}
            spec:
              wires: [openai-chat]
              baseUrl: {{new Uri(served.models.BaseUrl, "/v1")}}
              auth: {scheme: none}
            """, Cancellation);
        if (documents is not null)
        {
            await File.WriteAllTextAsync(Path.Combine(release, "documents.yaml"), documents, Cancellation);
        }

        var settings = new ServeSettings { DataDirectory = Path.Combine(served.data, "data"), Listeners = [new(new(IsHttps: false, IPAddress.Loopback, 0), ListenerSides.Both, [])], ReleaseDirectory = release, LogLevel = LogLevel.Error };
        served.server = await PaddockServer.StartAsync(with?.Invoke(settings) ?? settings, configure, Cancellation);
        return served;
    }

    public T Get<T>()
        where T : notnull => server.Services.GetRequiredService<T>();

    /// <summary>Makes somebody without a password.</summary>
    public async Task<UserView> UserAsync(string name, params string[] roles)
    {
        (await Get<CreateUser>().RunAsync(Actor.Local, new() { Name = name }, Cancellation)).ShouldBeOfType<Outcome<UserView>.Done>();
        return await ChangeAsync(name, new() { Roles = roles });
    }

    public async Task<UserView> ChangeAsync(string name, ChangeUserInput input) => (await Get<ChangeUser>().RunAsync(Actor.Local, name, input, Cancellation)).ShouldBeOfType<Outcome<UserView>.Done>().Value;

    /// <summary>The link by which somebody chooses a password.</summary>
    public async Task<string> InviteAsync(string name) => (await Get<InvitePerson>().RunAsync(Actor.Local, name, Cancellation)).ShouldBeOfType<Outcome<Invitation>.Done>().Value.Path;

    /// <summary>Makes somebody with <see cref="Password"/>.</summary>
    public async Task PersonAsync(string name, params string[] roles)
    {
        await UserAsync(name, roles);
        var ticket = (await InviteAsync(name)).Split('=')[1];
        (await Get<ChoosePassword>().RunAsync(ticket, Password, null, Cancellation)).ShouldBeOfType<Outcome<PrincipalId>.Done>();
    }

    /// <summary>Makes somebody and signs them in.</summary>
    public async Task<Browser> SignedInAsync(string name, params string[] roles)
    {
        await PersonAsync(name, roles);
        var browser = new Browser(Url);
        (await SignInAsync(browser, name)).ShouldBe(HttpStatusCode.SeeOther);
        return browser;
    }

    public static Task<HttpStatusCode> SignInAsync(Browser browser, string name, string password = Password) => browser.PostAsync("/sign-in", ("name", name), ("password", password), ("next", "/"));

    /// <summary>Asks a model with a key.</summary>
    public async Task ShouldAnswerAsync(string key, HttpStatusCode status)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new(Url), DefaultRequestHeaders = { Authorization = new("Bearer", key) } };
        using var answer = await http.PostAsync("/v1/chat/completions", new StringContent("""{"model":"gpt-5","messages":[{"role":"user","content":"hello"}]}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")), Cancellation);
        answer.StatusCode.ShouldBe(status);
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await models.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }
}
