using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Paddock.Core.Identity;
using Paddock.EndToEnd.Tests.Approvals;
using Paddock.EndToEnd.Tests.Hosting;
using Paddock.Simulator;
using Paddock.Testing;
using static Paddock.EndToEnd.Tests.Identity.RooClient;

namespace Paddock.EndToEnd.Tests.Identity;

/// <summary>Somebody is disabled on one server: on the other, everything of theirs ends.</summary>
public class RevocationTests
{
    private const string Endless = "sim:text=abcdef,chunks=6,cut=stall";

    private static readonly TimeSpan limit = TimeSpan.FromSeconds(5);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sessions_tokens_keys_and_open_streams_of_a_person_end_on_every_server_within_five_seconds()
    {
        await using var postgres = await PrivatePostgres.StartAsync(Cancelled);
        await using var provider = await SimulatedProvider.StartAsync(new(), Cancelled);
        var database = new Dictionary<string, string> { ["PADDOCK_POSTGRES"] = await postgres.CreateDatabaseAsync(Cancelled) };
        using Installation one = new(), other = new();
        one.WriteProvider(provider.BaseUrl);
        var (first, firstUrl) = await one.ServeAsync(["--release", one.Release], database);
        await using var _ = first;
        TwoServersTests.CopyKeys(one, other);
        var (second, secondUrl) = await other.ServeAsync(["--release", one.Release], database);
        await using var __ = second;
        using var browser = await PersonAsync(one, database, firstUrl);
        var bearers = await BearersAsync(browser, firstUrl, secondUrl, (await one.RunAsync(["key", "create", "--name", "laptop", "--user", "ada"], database)).Printed);
        using var elsewhere = new Browser(secondUrl);
        elsewhere.Cookies.Add(new Cookie("paddock-session", browser.Cookies.GetAllCookies()["paddock-session"]!.Value, "/", "127.0.0.1")); // it was set when she signed in
        using var http = Client(secondUrl);
        var streams = new List<Task<string>>();
        foreach (var (name, (bearer, path)) in bearers)
        {
            await Eventually.IsAsync(async () => (await AskAsync(http, bearer, path, "m", stream: false)).Status == HttpStatusCode.OK, () => $"{name} is not known on the other server.", Cancelled);
            streams.Add(await StreamAsync(http, bearer, path));
        }

        (await elsewhere.GetAsync("/audit-log")).ShouldBe(HttpStatusCode.OK);
        (await one.RunAsync(["user", "disable", "ada"], database)).Code.ShouldBe(0);
        var disabled = Stopwatch.GetTimestamp();
        var ends = await Task.WhenAll(streams).WaitAsync(limit, Cancelled);
        TestContext.Current.TestOutputHelper?.WriteLine($"The last of {streams.Count} streams ended {Stopwatch.GetElapsedTime(disabled).TotalMilliseconds:0} ms after the command had.");
        ends.ShouldAllBe(text => text.Contains("\"error\"", StringComparison.Ordinal));
        foreach (var (name, (bearer, path)) in bearers)
        {
            (await AskAsync(http, bearer, path, "m", stream: false)).Status.ShouldBeOneOf([HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden], name);
        }

        (await elsewhere.GetAsync("/audit-log")).ShouldBe(HttpStatusCode.Unauthorized);
        Stopwatch.GetElapsedTime(disabled).ShouldBeLessThan(limit);
        await ShouldSayNothingOfSessionsAsync(postgres, http);
    }

    /// <summary>One of each kind, and where it is good.</summary>
    private static async Task<Dictionary<string, (string Bearer, string Path)>> BearersAsync(Browser browser, string url, string otherUrl, string key) => new()
    {
        ["key"] = (key, "/v1/chat/completions"),
        ["extension"] = (await ExtensionAsync(browser, url, otherUrl), "/roo/proxy/v1/chat/completions"),
        ["cli"] = (Query(await YesAsync(browser, $"/roo/cli/sign-in?state={State()}&callback=http%3A%2F%2F127.0.0.1%3A49200%2Fcallback"))["token"], "/roo/proxy/v1/chat/completions"),
        ["device"] = (await DeviceAsync(browser, url), "/v1/chat/completions"),
    };

    private static async Task<Browser> PersonAsync(Installation place, Dictionary<string, string> database, string url)
    {
        (await place.RunAsync(["user", "create", "ada"], database)).Code.ShouldBe(0);
        (await place.RunAsync(["user", "roles", "ada", "viewer"], database)).Code.ShouldBe(0);
        var ticket = (await place.RunAsync(["user", "invite", "ada"], database)).Printed.Split('=')[1];
        var browser = new Browser(url);
        (await browser.PostAsync("/sign-in/password", ("ticket", ticket), ("password", ServedPeople.Password))).ShouldBe(HttpStatusCode.OK);
        (await ServedPeople.SignInAsync(browser, "ada")).ShouldBe(HttpStatusCode.SeeOther);
        return browser;
    }

    /// <summary>Its first token comes from the other server, which may not have heard of the session yet: a 401 would sign the editor out.</summary>
    private static async Task<string> ExtensionAsync(Browser browser, string url, string otherUrl)
    {
        using HttpClient http = Client(url), other = Client(otherUrl);
        var (session, token) = await RedeemAsync(http, Query(await YesAsync(browser, Ask(State())))["code"]);
        return (await SendAsync(other, HttpMethod.Post, $"/roo/clerk/v1/client/sessions/{session}/tokens", token, ("_is_native", "1"))).GetProperty("jwt").GetString() ?? "";
    }

    /// <summary>Without its database a server does not say that a session has ended which it does not know.</summary>
    private static async Task ShouldSayNothingOfSessionsAsync(PrivatePostgres postgres, HttpClient http)
    {
        await postgres.SuspendAsync(Cancelled);
        var secret = KeyToken.CreateSessionSecret(RandomNumberGenerator.GetBytes(40)).Reveal();
        (await StatusAsync(http, "/roo/clerk/v1/client/sessions/ses_00000000000000000000000000000000/tokens", secret, ("_is_native", "1"))).ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await StatusAsync(http, "/roo/clerk/v1/client/sign_ins", "", ("strategy", "ticket"), ("ticket", secret))).ShouldBe(HttpStatusCode.ServiceUnavailable);
        await postgres.ResumeAsync(Cancelled); // servers that stop write what they have
    }

    private static async Task<string> DeviceAsync(Browser browser, string url)
    {
        using var http = Client(url);
        var begun = await PostAsync(http, "/oauth/device_authorization", ("client_id", "paddock"), ("device_name", "laptop"));
        var ask = "/device?code=" + begun.GetProperty("user_code").GetString();
        await browser.GetAsync(ask);
        (await browser.PostAsync(ask, ("token", browser.Field("token")), ("answer", "yes"))).ShouldBe(HttpStatusCode.OK);
        return (await PostAsync(http, "/oauth/token", ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("device_code", begun.GetProperty("device_code").GetString() ?? ""))).GetProperty("access_token").GetString() ?? "";
    }

    private static async Task<JsonElement> PostAsync(HttpClient http, string path, params (string, string)[] form)
    {
        using var answer = await http.PostAsync(path, Form(form), Cancelled);
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancelled));
    }

    /// <returns>When its first bytes are there: what comes after them.</returns>
    private static async Task<Task<string>> StreamAsync(HttpClient http, string bearer, string path)
    {
        var (status, answer) = await AskAsync(http, bearer, path, Endless, stream: true);
        status.ShouldBe(HttpStatusCode.OK);
        var body = await answer.Content.ReadAsStreamAsync(Cancelled);
        (await body.ReadAsync(new byte[16], Cancelled)).ShouldBePositive();
        return new StreamReader(body).ReadToEndAsync(Cancelled);
    }

    private static async Task<(HttpStatusCode Status, HttpResponseMessage Answer)> AskAsync(HttpClient http, string bearer, string path, string model, bool stream)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Headers = { Authorization = new("Bearer", bearer) },
            Content = new StringContent($$"""{"model":"{{model}}","stream":{{(stream ? "true" : "false")}},"messages":[{"role":"user","content":"go"}]}""", new MediaTypeHeaderValue("application/json")),
        };
        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);
        return (answer.StatusCode, answer);
    }
}
