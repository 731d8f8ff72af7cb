using System.Net;
using Paddock.EndToEnd.Tests.Approvals;
using Paddock.Settings;
using static Paddock.EndToEnd.Tests.Identity.RooClient;

namespace Paddock.EndToEnd.Tests.Identity;

/// <summary>Sign-in of Roo Code's extension (3.52.1) and command line (0.1.17), as they do it.</summary>
public class RooSignInTests
{
    private const string Redirects = "PADDOCK_AGENTS_ROO_REDIRECTS", Callback = "http%3A%2F%2F127.0.0.1%3A49200%2Fcallback";

    /// <summary>To other programs, or to pages; the rules that say so have more rows beside them.</summary>
    private static readonly string[] elsewhere =
    [
        "vscode://evil.roo-cline", "vscode://RooVeterinaryInc.roo-cline/elsewhere", "https://RooVeterinaryInc.roo-cline", "javascript://RooVeterinaryInc.roo-cline",
        "https://elsewhere.example/?vscode://RooVeterinaryInc.roo-cline", "",
    ];

    private static readonly string[] noStates = ["", "short", "0123456789abcdef\r\nrefresh: 0", "0123456789abcdef&code=mine"];

    private static readonly string[] otherMachines = ["http://127.0.0.1:49200/elsewhere", "http://127.0.0.1:80/callback", "http://127.0.0.1:1@elsewhere.example:2000/callback", "http://localhost:49200/callback", ""];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_click_gives_a_ticket_and_the_ticket_a_session_once()
    {
        await using var served = await ServedPeople.StartAsync();
        using var browser = await served.SignedInAsync("ada@company.example");
        var state = State();

        (await browser.GetAsync(Ask(state))).ShouldBe(HttpStatusCode.OK);
        browser.Body.ShouldContain("Roo Code in Visual Studio Code");
        browser.Body.ShouldContain("ada@company.example");
        browser.Body.ShouldNotContain("ps_");
        var back = await YesAsync(browser, Ask(state));

        back.ShouldStartWith(Redirect + "/auth/clerk/callback?code=ps_");
        WebUtility.HtmlDecode(browser.Body).ShouldContain($"<pre>{back}</pre>"); // to be copied into the editor, should the browser not find it
        var answer = Query(back);
        answer["state"].ShouldBe(state);
        answer["organizationId"].ShouldStartWith("org_");
        using var http = Client(served);
        var (session, token) = await RedeemAsync(http, answer["code"]);
        (await http.PostAsync("/roo/clerk/v1/client/sign_ins", Form(("strategy", "ticket"), ("ticket", answer["code"])), Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        var jwt = (await SendAsync(http, HttpMethod.Post, $"/roo/clerk/v1/client/sessions/{session}/tokens", token, ("_is_native", "1"), ("organization_id", answer["organizationId"]))).GetProperty("jwt").GetString().ShouldNotBeNull();
        Claims(jwt).GetProperty("r").GetProperty("o").GetString().ShouldBe(answer["organizationId"]);
        (await SendAsync(http, HttpMethod.Get, "/roo/clerk/v1/me", token)).GetProperty("response").GetProperty("email_addresses")[0].GetProperty("email_address").GetString().ShouldBe("ada@company.example");
        var membership = (await SendAsync(http, HttpMethod.Get, "/roo/clerk/v1/me/organization_memberships", token)).GetProperty("response")[0];
        membership.GetProperty("organization").GetProperty("id").GetString().ShouldBe(answer["organizationId"]);
        (await ChatAsync(http, jwt)).ShouldBe(HttpStatusCode.OK);
        (await ChatAsync(http, jwt, "/v1/chat/completions")).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_editors_other_ways_to_begin_and_an_operators_own_editor_end_alike()
    {
        var settings = ServeBinding.Bind([], new Dictionary<string, string> { [Redirects] = "my-editor://acme.roo-fork" });
        await using var served = await ServedPeople.StartAsync(with => with with { SignIn = settings.SignIn });
        using var browser = await served.SignedInAsync("ada");
        using var http = Client(served);

        foreach (var (way, redirect) in ((string, string)[])[("extension/provider-sign-up", Redirect), ("l/supernova", Redirect), ("extension/sign-in", "my-editor://acme.roo-fork")])
        {
            var state = State();
            var back = await YesAsync(browser, $"/roo/{way}?state={state}&auth_redirect={redirect}");
            back.ShouldStartWith(redirect + "/auth/clerk/callback?code=ps_");
            Query(back)["state"].ShouldBe(state);
            (await RedeemAsync(http, Query(back)["code"])).Session.ShouldStartWith("ses_");
        }

        (await browser.GetAsync($"/roo/extension/sign-in?state={State()}&auth_redirect=my-editor://acme.other")).ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public void An_operators_own_that_is_a_page_keeps_the_server_from_starting() =>
        Should.Throw<SettingsException>(() => ServeBinding.Bind([], new Dictionary<string, string> { [Redirects] = "my-editor://acme.roo-fork, HTTPS://a.b" })).Message.ShouldStartWith($"{Redirects}: 'HTTPS://a.b' is no editor and extension");

    [Fact]
    public async Task Signing_out_in_the_editor_ends_the_session_and_a_token_of_it_is_no_longer_good()
    {
        await using var served = await ServedPeople.StartAsync();
        using var http = Client(served);
        var (session, token) = await SessionAsync(served, http);
        var jwt = (await SendAsync(http, HttpMethod.Post, $"/roo/clerk/v1/client/sessions/{session}/tokens", token, ("_is_native", "1"))).GetProperty("jwt").GetString() ?? "";

        (await StatusAsync(http, "/roo/clerk/v1/client/sessions/ses_00000000000000000000000000000000/remove", token, ("_is_native", "1"))).ShouldBe(HttpStatusCode.Unauthorized);
        (await ChatAsync(http, jwt)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(http, $"/roo/clerk/v1/client/sessions/{session}/remove", token, ("_is_native", "1"))).ShouldBe(HttpStatusCode.OK);

        (await StatusAsync(http, $"/roo/clerk/v1/client/sessions/{session}/tokens", token, ("_is_native", "1"))).ShouldBe(HttpStatusCode.Unauthorized);
        (await ChatAsync(http, jwt)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task What_leads_elsewhere_or_has_no_state_is_refused_at_every_way_in()
    {
        await using var served = await ServedPeople.StartAsync();
        using var browser = await served.SignedInAsync("ada");
        await browser.GetAsync("/");
        var token = browser.Field("token");
        var asked = from way in (string[])["/roo/extension/sign-in", "/roo/extension/provider-sign-up", "/roo/l/supernova"] from redirect in elsewhere select $"{way}?state={State()}&auth_redirect={Uri.EscapeDataString(redirect)}";
        var stateless = from state in noStates from path in (string[])[$"/roo/extension/sign-in?auth_redirect={Redirect}", $"/roo/cli/sign-in?callback={Callback}"] select $"{path}&state={Uri.EscapeDataString(state)}";
        var machines = from callback in otherMachines select $"/roo/cli/sign-in?state={State()}&callback={Uri.EscapeDataString(callback)}";

        foreach (var path in asked.Concat(stateless).Concat(machines).Append($"{Ask(State())}&auth_redirect=vscode://evil.x").Append($"/roo/cli/sign-in?state={State()}&callback={Callback}&callback={Callback}"))
        {
            (await browser.GetAsync(path)).ShouldBe(HttpStatusCode.BadRequest, path);
            browser.Body.ShouldNotContain("elsewhere.example");
            (await browser.PostAsync(path, ("token", token), ("answer", "yes"))).ShouldBe(HttpStatusCode.BadRequest, path);
            browser.Last.Headers.Contains("Refresh").ShouldBeFalse(path);
        }
    }

    [Fact]
    public async Task A_state_that_was_used_gives_no_second_ticket()
    {
        await using var served = await ServedPeople.StartAsync();
        using var browser = await served.SignedInAsync("ada");
        var state = State();
        await YesAsync(browser, Ask(state));
        await browser.GetAsync(Ask(state));
        var (token, cli) = (browser.Field("token"), $"/roo/cli/sign-in?state={state}&callback={Callback}");

        (await browser.PostAsync(Ask(state), ("token", token), ("answer", "yes"))).ShouldBe(HttpStatusCode.Conflict);
        browser.Last.Headers.Contains("Refresh").ShouldBeFalse();
        (await browser.PostAsync(cli, ("token", token), ("answer", "yes"))).ShouldBe(HttpStatusCode.OK); // the command line's states are others
        (await browser.PostAsync(cli, ("token", token), ("answer", "yes"))).ShouldBe(HttpStatusCode.Conflict);
        browser.Last.Headers.Contains("Refresh").ShouldBeFalse();
    }

    [Fact]
    public async Task Only_a_form_of_ours_says_yes_a_no_gives_nothing_and_a_key_lets_no_agent_in()
    {
        await using var served = await ServedPeople.StartAsync();
        using var browser = await served.SignedInAsync("ada");
        await browser.GetAsync(Ask(State()));
        var token = browser.Field("token");

        (await browser.PostAsync(Ask(State()), ("answer", "yes"))).ShouldBe(HttpStatusCode.Forbidden);
        var foreign = new HttpRequestMessage(HttpMethod.Post, Ask(State())) { Headers = { { "Sec-Fetch-Site", "cross-site" } }, Content = Form(("token", token), ("answer", "yes")) };
        (await browser.SendAsync(foreign)).ShouldBe(HttpStatusCode.Forbidden);
        (await browser.PostAsync(Ask(State()), ("token", token), ("answer", "no"))).ShouldBe(HttpStatusCode.OK);
        browser.Last.Headers.Contains("Refresh").ShouldBeFalse();
        (await browser.PostAsync($"/roo/cli/sign-in?state=0123456789abcdef&callback={Callback}", ("token", token), ("answer", "no"))).ShouldBe(HttpStatusCode.OK);
        browser.Last.Headers.GetValues("Refresh").Single().ShouldBe("0; url=http://127.0.0.1:49200/callback?state=0123456789abcdef&error=access_denied");

        using var withKey = new Browser(served.Url);
        await withKey.SignInAsync((await File.ReadAllTextAsync(Path.Combine(served.Data, "data/keys/admin.key"), Cancellation)).Trim());
        await withKey.GetAsync(Ask(State()));
        (await withKey.PostAsync(Ask(State()), ("token", withKey.Field("token")), ("answer", "yes"))).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_command_line_gets_a_token_of_three_parts_for_the_proxy_and_nothing_else()
    {
        await using var served = await ServedPeople.StartAsync();
        using var browser = await served.SignedInAsync("ada");
        var (state, ask) = (State(), "");
        ask = $"/roo/cli/sign-in?state={state}&callback={Callback}";

        var back = await YesAsync(browser, ask);

        back.ShouldStartWith("http://127.0.0.1:49200/callback?state=" + state + "&token=eyJ");
        var jwt = Query(back)["token"];
        DateTimeOffset.FromUnixTimeSeconds(Claims(jwt).GetProperty("exp").GetInt64()).ShouldBeGreaterThan(DateTimeOffset.UtcNow.AddDays(6));
        using var http = Client(served);
        var me = await SendAsync(http, HttpMethod.Get, "/roo/trpc/auth.me?batch=1&input=%7B%220%22%3A%7B%22json%22%3Anull%7D%7D", jwt);
        me[0].GetProperty("result").GetProperty("data").GetProperty("json").GetProperty("type").GetString().ShouldBe("user");
        (await ChatAsync(http, jwt)).ShouldBe(HttpStatusCode.OK);
        (await ChatAsync(http, jwt, "/v1/chat/completions")).ShouldBe(HttpStatusCode.Forbidden);

        foreach (var (how, told) in ((string, string)[])[("success=true", "You are signed in"), ("error=missing-token", "got no token"), ("error=invalid-state-parameter", "not for this sign-in"), ("error=error-in-callback", "could not take the answer")])
        {
            (await browser.GetAsync($"/roo/cli/sign-in?{how}&message=%3Cb%3Eevil")).ShouldBe(HttpStatusCode.OK);
            browser.Body.ShouldContain(told);
            browser.Body.ShouldNotContain("evil");
        }
    }
}
