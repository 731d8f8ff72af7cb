using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Paddock.EndToEnd.Tests.Approvals;
using static Paddock.EndToEnd.Tests.Identity.RooClient;

namespace Paddock.EndToEnd.Tests.Identity;

/// <summary>Sign-in of Roo Code's extension (3.52.1) and command line (0.1.17), as they do it.</summary>
public class RooSignInTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_click_gives_a_ticket_and_the_ticket_a_session_once()
    {
        await using var served = await ServedPeople.StartAsync();
        using var browser = await served.SignedInAsync("ada@company.example");
        var state = State();

        await browser.GetAsync(Ask(state));
        browser.Body.ShouldContain("Roo Code in Visual Studio Code");
        browser.Body.ShouldContain("ada@company.example");
        browser.Body.ShouldNotContain("ps_");
        var back = await YesAsync(browser, Ask(state));

        back.ShouldStartWith(Redirect + "/auth/clerk/callback?code=ps_");
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
    public async Task Personal_account_and_old_credentials_get_a_token_without_an_organization_and_another_organization_none()
    {
        await using var served = await ServedPeople.StartAsync();
        using var http = Client(served);
        var (session, token) = await SessionAsync(served, http);
        var path = $"/roo/clerk/v1/client/sessions/{session}/tokens";

        foreach (var form in ((string, string)[][])[[("_is_native", "1"), ("organization_id", "")], [("_is_native", "1")]])
        {
            Claims((await SendAsync(http, HttpMethod.Post, path, token, form)).GetProperty("jwt").GetString() ?? "").GetProperty("r").TryGetProperty("o", out _).ShouldBeFalse();
        }

        (await StatusAsync(http, path, token, ("organization_id", "org_elsewhere"))).ShouldBe(HttpStatusCode.Forbidden);
    }

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

    [Theory]
    [InlineData("/client/sign_ins", "strategy=password&ticket=ps_x", 422)]
    [InlineData("/client/sign_ins", "strategy=ticket", 401)]
    [InlineData("/client/sign_ins", "strategy=ticket&ticket=ps_00000000_000000000000000000000000000000000000000", 401)]
    [InlineData("/client/sessions/ses_00000000000000000000000000000000/tokens", "_is_native=1", 401)]
    public async Task What_is_no_ticket_and_no_session_is_refused(string path, string form, int status)
    {
        await using var served = await ServedPeople.StartAsync();
        using var http = Client(served);

        using var answer = await http.PostAsync("/roo/clerk/v1" + path, new StringContent(form, new MediaTypeHeaderValue("application/x-www-form-urlencoded")), Cancellation);

        ((int)answer.StatusCode).ShouldBe(status);
        JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancellation)).GetProperty("errors")[0].GetProperty("code").GetString().ShouldNotBeNullOrEmpty();
        answer.Headers.Contains("Authorization").ShouldBeFalse();
    }

    [Fact]
    public async Task A_form_that_is_none_or_too_large_is_refused()
    {
        await using var served = await ServedPeople.StartAsync();
        using var http = Client(served);

        (await http.PostAsync("/roo/clerk/v1/client/sign_ins", new StringContent("{}", new MediaTypeHeaderValue("application/json")), Cancellation)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await http.PostAsync("/roo/clerk/v1/client/sign_ins", Form(("ticket", new string('a', 20_000))), Cancellation)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_ticket_is_good_for_a_minute()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var served = await ServedPeople.StartAsync(configure: builder => builder.Services.AddSingleton<TimeProvider>(time));
        using var browser = await served.SignedInAsync("ada");
        var code = Query(await YesAsync(browser, Ask(State())))["code"];
        using var http = Client(served);

        time.Advance(TimeSpan.FromSeconds(60));

        (await http.PostAsync("/roo/clerk/v1/client/sign_ins", Form(("strategy", "ticket"), ("ticket", code)), Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("vscode://evil.roo-cline")]
    [InlineData("vscode://RooVeterinaryInc.roo-cline.evil")]
    [InlineData("vscode://RooVeterinaryInc.roo-cline/elsewhere")]
    [InlineData("vscode://RooVeterinaryInc.roo-cline@evil.example")]
    [InlineData("https://RooVeterinaryInc.roo-cline")]
    [InlineData("javascript://RooVeterinaryInc.roo-cline")]
    [InlineData("evil://RooVeterinaryInc.roo-cline")]
    [InlineData("vscode:RooVeterinaryInc.roo-cline")]
    [InlineData("https://elsewhere.example/?vscode://RooVeterinaryInc.roo-cline")]
    [InlineData("")]
    public async Task No_other_program_gets_a_ticket(string redirect)
    {
        await using var served = await ServedPeople.StartAsync();
        using var browser = await served.SignedInAsync("ada");
        await browser.GetAsync("/");
        var token = browser.Field("token");
        var path = $"/roo/extension/sign-in?state={State()}&auth_redirect={Uri.EscapeDataString(redirect)}";

        (await browser.GetAsync(path)).ShouldBe(HttpStatusCode.BadRequest);
        browser.Body.ShouldNotContain("elsewhere.example");
        (await browser.PostAsync(path, ("token", token), ("answer", "yes"))).ShouldBe(HttpStatusCode.BadRequest);
        browser.Last.Headers.Contains("Refresh").ShouldBeFalse();
        (await browser.PostAsync($"{Ask(State())}&auth_redirect=vscode://evil.x", ("token", token), ("answer", "yes"))).ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("0123456789abcdef\r\nrefresh: 0")]
    [InlineData("0123456789abcdef&code=mine")]
    public async Task A_state_that_is_none_is_refused(string state)
    {
        await using var served = await ServedPeople.StartAsync();
        using var browser = await served.SignedInAsync("ada");

        (await browser.GetAsync($"/roo/extension/sign-in?state={Uri.EscapeDataString(state)}&auth_redirect={Redirect}")).ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_state_that_was_used_gives_no_second_ticket()
    {
        await using var served = await ServedPeople.StartAsync();
        using var browser = await served.SignedInAsync("ada");
        var state = State();
        await YesAsync(browser, Ask(state));
        await browser.GetAsync(Ask(state));

        (await browser.PostAsync(Ask(state), ("token", browser.Field("token")), ("answer", "yes"))).ShouldBe(HttpStatusCode.Conflict);
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
        ask = $"/roo/cli/sign-in?state={state}&callback=http%3A%2F%2F127.0.0.1%3A49200%2Fcallback";

        var back = await YesAsync(browser, ask);

        back.ShouldStartWith("http://127.0.0.1:49200/callback?state=" + state + "&token=eyJ");
        var jwt = Query(back)["token"];
        DateTimeOffset.FromUnixTimeSeconds(Claims(jwt).GetProperty("exp").GetInt64()).ShouldBeGreaterThan(DateTimeOffset.UtcNow.AddDays(6));
        using var http = Client(served);
        var me = await SendAsync(http, HttpMethod.Get, "/roo/trpc/auth.me?batch=1&input=%7B%220%22%3A%7B%22json%22%3Anull%7D%7D", jwt);
        me[0].GetProperty("result").GetProperty("data").GetProperty("json").GetProperty("type").GetString().ShouldBe("user");
        (await ChatAsync(http, jwt)).ShouldBe(HttpStatusCode.OK);
        (await ChatAsync(http, jwt, "/v1/chat/completions")).ShouldBe(HttpStatusCode.Forbidden);

        await browser.GetAsync("/roo/cli/sign-in?success=true");
        browser.Body.ShouldContain("You are signed in");
        await browser.GetAsync("/roo/cli/sign-in?error=error-in-callback&message=%3Cb%3Eevil");
        browser.Body.ShouldNotContain("evil");
    }

    [Theory]
    [InlineData("http://127.0.0.1:49200/elsewhere")]
    [InlineData("http://127.0.0.1:49200/callback?x=1")]
    [InlineData("http://127.0.0.1:80/callback")]
    [InlineData("http://127.0.0.1:99999/callback")]
    [InlineData("http://127.0.0.1:1@evil.example:2000/callback")]
    [InlineData("http://localhost:49200/callback")]
    [InlineData("https://127.0.0.1:49200/callback")]
    [InlineData("http://127.0.0.1.evil.example:49200/callback")]
    [InlineData("http://127.0.0.1:/callback")]
    [InlineData("http://127.0.0.1:+49200/callback")]
    [InlineData("")]
    public async Task The_command_lines_token_goes_to_this_machine_only(string callback)
    {
        await using var served = await ServedPeople.StartAsync();
        using var browser = await served.SignedInAsync("ada");

        (await browser.GetAsync($"/roo/cli/sign-in?state={State()}&callback={Uri.EscapeDataString(callback)}")).ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Bearer nonsense")]
    [InlineData("Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1In0.")]
    public async Task A_token_that_is_not_ours_is_nobody(string authorization)
    {
        await using var served = await ServedPeople.StartAsync();
        using var http = Client(served);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/roo/trpc/auth.me?batch=1&input=%7B%7D");
        request.Headers.TryAddWithoutValidation("Authorization", authorization);

        using var answer = await http.SendAsync(request, Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancellation))[0].GetProperty("error").GetProperty("json").GetProperty("data").GetProperty("code").GetString().ShouldBe("UNAUTHORIZED");
    }
}
