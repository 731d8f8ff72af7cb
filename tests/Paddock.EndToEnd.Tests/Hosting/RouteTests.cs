using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Paddock.Hosting;
using Paddock.Settings;

namespace Paddock.EndToEnd.Tests.Hosting;

/// <summary>Every route there is, against the list of those that are open. A new one is closed until it stands here.</summary>
public sealed partial class RouteTests : IAsyncLifetime
{
    /// <summary>Reachable without a key.</summary>
    private static readonly string[] Open =
    [
        "GET /healthz", "GET /readyz",
        "POST /scm/v1/github", "POST /scm/v1/standard", // each shows a signature
        "GET /", "HEAD /", "GET /start", // the start page, which Claude Code also probes
        "GET /assets/console.css",
        "GET /api/hello", "HEAD /api/hello", // probed by agents before they sign in
        "GET /.well-known/authzen-configuration", // names the endpoints, nothing else
        "GET /audit/checkpoint", "GET /audit/vkey", "GET /audit/tile/x/x", // hashes, so that anybody can hold the log to its word
        "GET /audit/witnessed", "GET /audit/shards", "GET /audit/shards/x/checkpoint", "GET /audit/shards/x/vkey", "GET /audit/shards/x/witnessed", "GET /audit/shards/x/tile/x/x",
        "GET /audit/tile/entries/x", "GET /audit/shards/x/tile/entries/x", // on a listener that only this machine reaches
        "GET /roo/api/marketplace/modes", "GET /roo/api/marketplace/mcps", // asked for without a token; what documents call public
        "GET /roo/proxy/v1/models", // asked for without a key; lists names and prices only
        "GET /sign-in", "GET /sign-in/password", "GET /sign-in/provider", "GET /sign-in/callback", "POST /sign-out", // how people come in and go out
        "GET /.well-known/oauth-authorization-server", "POST /oauth/device_authorization", "POST /oauth/token", "POST /oauth/revoke", // how machines do: each shows a code or a secret
        "GET /roo/extension/sign-in", "POST /roo/extension/sign-in", "GET /roo/extension/provider-sign-up", "POST /roo/extension/provider-sign-up", "GET /roo/l/x", "POST /roo/l/x",
        "GET /roo", "GET /roo/billing", // on to one's account, which asks for a session
        "GET /roo/cli/sign-in", "POST /roo/cli/sign-in", // what an agent opened; without its parameters a 400, then a session is asked for
        "POST /roo/clerk/v1/client/sign_ins", "POST /roo/clerk/v1/client/sessions/x/tokens", // each shows a ticket or a secret; in the form that the client reads
    ];

    private readonly string data = Directory.CreateTempSubdirectory("paddock-routes-").FullName;
    private PaddockServer server = null!; // started before any test

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => server = await PaddockServer.StartAsync(
        new ServeSettings { DataDirectory = data, Listeners = [new(new(IsHttps: false, IPAddress.Loopback, 0), ListenerSides.Both, [])], LogLevel = LogLevel.Error }, configure: null, Cancellation);

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task Without_a_key_only_the_open_routes_answer()
    {
        using var http = Client(key: null);
        var open = new List<string>();
        foreach (var (method, path) in Routes())
        {
            var status = await StatusAsync(http, method, path);
            if (status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden))
            {
                open.Add($"{method} {path}");
            }
        }

        open.Order(StringComparer.Ordinal).ShouldBe(Open.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_body_that_is_no_json_is_told_so()
    {
        using var http = Client((await File.ReadAllTextAsync(Path.Combine(data, "keys", "admin.key"), Cancellation)).Trim());
        using var answer = await http.PostAsync("/control/v1/keys", new StringContent("name=x"), Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldContain("paddock:unsupported-media-type");
    }

    [Fact]
    public async Task A_method_that_a_path_does_not_have_is_told_so_in_words()
    {
        using var http = Client((await File.ReadAllTextAsync(Path.Combine(data, "keys", "admin.key"), Cancellation)).Trim());
        using var answer = await http.DeleteAsync("/control/v1/incidents", Cancellation);

        (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType).ShouldBe((HttpStatusCode.MethodNotAllowed, "application/problem+json"));
        answer.Content.Headers.Allow.Order(StringComparer.Ordinal).ShouldBe(["GET", "POST"]);
        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldContain("paddock:method-not-allowed");
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_told_so_in_words()
    {
        using var http = Client((await File.ReadAllTextAsync(Path.Combine(data, "keys", "admin.key"), Cancellation)).Trim());
        using var answer = await http.PostAsync("/control/v1/incidents", new StringContent($"{{\"title\": \"{new string('a', 70_000)}\"}}", Encoding.UTF8, "application/json"), Cancellation);

        (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType).ShouldBe((HttpStatusCode.RequestEntityTooLarge, "application/problem+json"));
        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldContain("paddock:too-large");
    }

    [Fact]
    public async Task A_key_without_control_roles_is_not_told_that_the_least_of_them_were_enough()
    {
        using var http = Client(await ModelsKeyAsync());
        using var answer = await http.PostAsync("/control/v1/incidents", new StringContent("{}", Encoding.UTF8, "application/json"), Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldContain("the key has none");
    }

    [Fact]
    public async Task A_key_for_models_opens_nothing_that_operators_have()
    {
        using var http = Client(await ModelsKeyAsync());
        foreach (var (method, path) in Routes().Where(route => route.Path.StartsWith("/control", StringComparison.Ordinal) || route.Path == "/metrics"))
        {
            (await StatusAsync(http, method, path)).ShouldBe(HttpStatusCode.Forbidden, $"{method} {path}");
        }
    }

    [Fact]
    public async Task The_administrators_key_calls_no_model()
    {
        using var http = Client((await File.ReadAllTextAsync(Path.Combine(data, "keys", "admin.key"), Cancellation)).Trim());
        foreach (var (method, path) in Routes().Where(route => new[] { "/v1", "/roo/proxy", "/roo/api" }.Any(start => route.Path.StartsWith(start, StringComparison.Ordinal)) && !route.Path.StartsWith("/roo/api/marketplace", StringComparison.Ordinal)))
        {
            (await StatusAsync(http, method, path)).ShouldBe(HttpStatusCode.Forbidden, $"{method} {path}");
        }
    }

    [Fact]
    public void The_rooms_have_their_routes()
    {
        var paths = Routes().Select(route => route.Path).ToArray();
        paths.ShouldContain("/v1/messages");
        paths.ShouldContain("/roo/proxy/v1/chat/completions");
        paths.ShouldContain("/control/v1/keys");
        paths.ShouldContain("/metrics");
        paths.ShouldContain("/hooks/v1/x");
        paths.ShouldContain("/otlp/v1/logs");
        paths.ShouldContain("/access/v1/evaluation");
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, string method, string path)
    {
        using var request = new HttpRequestMessage(new(method), path);
        using var answer = await http.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }

    /// <summary>All routes with all their methods, parameters filled in.</summary>
    private IEnumerable<(string Method, string Path)> Routes() =>
        from endpoint in server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let path = "/" + Parameter().Replace(endpoint.RoutePattern.RawText ?? "", "x").Trim('/')
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"]
        select (method, path);

    private async Task<string> ModelsKeyAsync()
    {
        var made = await PaddockProcess.RunAsync(["key", "create", "--name", "m", "--user", "ada", "--data", data], environment: null, Cancellation);
        return made.Printed;
    }

    private HttpClient Client(string? key)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = new(server.AgentsUrls[0]) };
        if (key is not null)
        {
            http.DefaultRequestHeaders.Authorization = new("Bearer", key);
        }

        return http;
    }

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Parameter();
}
