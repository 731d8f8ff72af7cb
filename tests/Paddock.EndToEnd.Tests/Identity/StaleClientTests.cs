using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Paddock.Control;
using Paddock.Control.Identity;
using Paddock.EndToEnd.Tests.Approvals;
using static Paddock.EndToEnd.Tests.Identity.RooClient;

namespace Paddock.EndToEnd.Tests.Identity;

/// <summary>An editor that goes on without asking for its settings, from the sign-in to the page where it is seen.</summary>
public sealed class StaleClientTests : IAsyncLifetime
{
    private const string Careful = """
        apiVersion: paddock/v1alpha1
        kind: TeamProfile
        metadata: {name: careful, owner: tests}
        spec: {client: {stale: refuse, refreshWithin: 75m}}
        """;

    private const string Refused = "This client was last given its settings";

    private readonly FakeTimeProvider time = new(DateTimeOffset.UtcNow);
    private ServedPeople served = null!; // set before each test
    private HttpClient http = null!; // as the server

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        served = await ServedPeople.StartAsync(configure: builder => builder.Services.AddSingleton<TimeProvider>(time), documents: Careful);
        http = Client(served);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await served.DisposeAsync();
    }

    [Fact]
    public async Task Its_calls_are_refused_as_a_turn_until_it_asks_again()
    {
        using var ada = await served.SignedInAsync("ada");
        var (session, secret) = await RedeemAsync(http, Query(await YesAsync(ada, Ask(State())))["code"]);
        (await AskAsync(secret, session)).ShouldNotContain(Refused, customMessage: "before it ever asked it is not stale");

        await RefreshAsync(session, secret);
        time.Advance(TimeSpan.FromMinutes(74));
        (await AskAsync(secret, session)).ShouldNotContain(Refused);
        time.Advance(TimeSpan.FromMinutes(2));

        var refused = await AskAsync(secret, session);
        refused.ShouldContain(Refused + " 76 minutes ago");
        refused.ShouldContain("attempt_completion");
        (await ada.GetAsync("/account")).ShouldBe(HttpStatusCode.OK);
        ada.Body.ShouldContain("stale");
        ada.Body.ShouldContain("3.52.1");
        using var root = await served.SignedInAsync("root", "viewer");
        await root.GetAsync("/clients?stale=true");
        Row(root).ShouldContain("href=\"/people/ada\"");
        Row(root).ShouldContain("refused");
        await root.GetAsync("/people/ada");
        root.Body.ShouldContain("<strong>roo-code</strong>");

        await RefreshAsync(session, secret);
        (await AskAsync(secret, session)).ShouldNotContain(Refused);
        await root.GetAsync("/clients?stale=true");
        root.Body.ShouldContain("No client is found by that.");
        await root.GetAsync("/clients");
        Row(root).ShouldContain("current");
    }

    [Theory]
    [InlineData("zoo-code")]
    [InlineData("roo-code")]
    [InlineData(null)]
    public async Task So_are_those_with_a_key_whatever_agent_it_pins(string? agent)
    {
        var made = await served.Get<CreateKey>().RunAsync(Actor.Local, new() { Name = "editor", User = "ada", Agent = agent }, Cancellation);
        var key = made.ShouldBeOfType<Outcome<NewKey>.Done>().Value.Token;

        await SendAsync(http, HttpMethod.Get, "/roo/api/extension-settings", key);
        time.Advance(TimeSpan.FromMinutes(74));
        (await AskAsync(key)).ShouldNotContain(Refused);
        time.Advance(TimeSpan.FromMinutes(2));

        var refused = await AskAsync(key);
        refused.ShouldContain(Refused);
        refused.ShouldContain("attempt_completion");
        await SendAsync(http, HttpMethod.Get, "/roo/api/extension-settings", key);
        (await AskAsync(key)).ShouldNotContain(Refused);
    }

    [Fact]
    public async Task Who_sees_no_client_yet_is_told_how_there_will_be_one()
    {
        using var root = await served.SignedInAsync("root", "viewer");

        await root.GetAsync("/clients");
        root.Body.ShouldContain("No agent has called yet.");
        root.Body.ShouldContain("<a href=\"/account\">Attach one</a>");
        await root.GetAsync("/clients?user=nobody");
        root.Body.ShouldContain("There is no such user.");
    }

    private static string Row(Browser browser) => browser.Body.Split("<tbody")[1].Split("</tbody>")[0];

    private async Task<string> TokenAsync(string session, string secret) =>
        (await SendAsync(http, HttpMethod.Post, $"/roo/clerk/v1/client/sessions/{session}/tokens", secret, ("_is_native", "1"))).GetProperty("jwt").GetString() ?? "";

    private async Task RefreshAsync(string session, string secret) => await SendAsync(http, HttpMethod.Get, "/roo/api/extension-settings", await TokenAsync(session, secret));

    private async Task<string> AskAsync(string secret, string session) => await AskAsync(await TokenAsync(session, secret));

    private async Task<string> AskAsync(string bearer)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/roo/proxy/v1/chat/completions")
        {
            Headers = { Authorization = new("Bearer", bearer) },
            Content = new StringContent("""{"model":"gpt-5","messages":[{"role":"user","content":"hello"}],"tools":[{"type":"function","function":{"name":"attempt_completion","parameters":{}}}]}""", new MediaTypeHeaderValue("application/json")),
        };
        using var answer = await http.SendAsync(request, Cancellation);
        var body = await answer.Content.ReadAsStringAsync(Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        return JsonElement.Parse(body).GetProperty("choices")[0].GetProperty("message").GetRawText();
    }
}
