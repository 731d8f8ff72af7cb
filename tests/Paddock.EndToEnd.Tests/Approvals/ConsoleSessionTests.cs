using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Paddock.Core.Approvals;

namespace Paddock.EndToEnd.Tests.Approvals;

/// <summary>Signing in to the console, and how its sessions and forms are kept apart from anybody else's.</summary>
public class ConsoleSessionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_cookie_is_for_us_alone_and_never_holds_the_key()
    {
        await using var served = await ServedApprovals.StartAsync();
        using var browser = new Browser(served.Url);
        var key = await served.KeyAsync("ada");

        (await browser.SignInAsync(key)).ShouldBe(HttpStatusCode.SeeOther);

        browser.Location.ShouldBe("/approvals");
        var cookie = browser.Last.Headers.GetValues("Set-Cookie").Single();
        cookie.ShouldStartWith("paddock-session=key_");
        cookie.ShouldContain("; httponly", Case.Insensitive);
        cookie.ShouldContain("samesite=strict", Case.Insensitive);
        cookie.ShouldContain("max-age=1800", Case.Insensitive);
        cookie.ShouldNotContain(key[12..44]);
    }

    [Fact]
    public async Task Under_https_the_cookie_goes_over_https_only()
    {
        await using var served = await ServedApprovals.StartAsync();
        using var browser = new Browser(served.Url);
        var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in")
        {
            Headers = { { "X-Forwarded-Proto", "https" } },
            Content = new FormUrlEncodedContent([KeyValuePair.Create("key", await served.KeyAsync("ada"))]),
        };

        await browser.SendAsync(request);

        var cookie = browser.Last.Headers.GetValues("Set-Cookie").Single();
        cookie.ShouldStartWith("__Host-paddock=");
        cookie.ShouldContain("; secure", Case.Insensitive);
        cookie.ShouldContain("path=/;", Case.Insensitive);
    }

    [Theory]
    [InlineData("pk_nonsense")]
    [InlineData("")]
    [InlineData("pk_00000000_000000000000000000000000000000000000000")]
    public async Task What_is_no_key_signs_nobody_in(string key)
    {
        await using var served = await ServedApprovals.StartAsync();
        using var browser = new Browser(served.Url);

        (await browser.SignInAsync(key, "https://elsewhere.example")).ShouldBe(HttpStatusCode.Unauthorized);

        browser.Last.Headers.Contains("Set-Cookie").ShouldBeFalse();
        browser.Body.ShouldNotContain("elsewhere");
        if (key.Length > 0)
        {
            browser.Body.ShouldNotContain(key);
        }
    }

    [Fact]
    public async Task A_key_without_the_role_signs_in_and_sees_nothing()
    {
        await using var served = await ServedApprovals.StartAsync();
        var asked = await served.AskAsync();
        using var browser = new Browser(served.Url);
        await browser.SignInAsync((await served.RunAsync(["key", "create", "--name", "v", "--user", "ada", "--control", "viewer"])).Printed);

        (await browser.GetAsync("/approvals")).ShouldBe(HttpStatusCode.Forbidden);
        (await browser.GetAsync($"/approvals/{asked.Id}")).ShouldBe(HttpStatusCode.Forbidden);
        browser.Body.ShouldNotContain("git push");
        (await browser.PostAsync($"/approvals/{asked.Id}", ("token", browser.Field("token")), ("decision", "deny"))).ShouldBe(HttpStatusCode.Forbidden);
        (await served.Approvals.FindAsync(asked.Id, Cancellation)).ShouldNotBeNull().State.ShouldBe(ApprovalState.Pending);
    }

    [Fact]
    public async Task A_form_without_our_token_or_from_another_site_decides_nothing()
    {
        await using var served = await ServedApprovals.StartAsync();
        var asked = await served.AskAsync();
        var key = await served.KeyAsync("ada");
        using var browser = new Browser(served.Url);
        using var other = new Browser(served.Url);
        await browser.SignInAsync(key);
        await other.SignInAsync(key);
        await other.GetAsync($"/approvals/{asked.Id}");
        var token = other.Field("token");

        (await browser.PostAsync($"/approvals/{asked.Id}", ("decision", "approve"))).ShouldBe(HttpStatusCode.Forbidden);
        (await browser.PostAsync($"/approvals/{asked.Id}", ("token", token), ("decision", "approve"))).ShouldBe(HttpStatusCode.Forbidden);
        var foreign = new HttpRequestMessage(HttpMethod.Post, $"/approvals/{asked.Id}")
        {
            Headers = { { "Sec-Fetch-Site", "cross-site" } },
            Content = new FormUrlEncodedContent([KeyValuePair.Create("token", token), KeyValuePair.Create("decision", "approve")]),
        };
        (await other.SendAsync(foreign)).ShouldBe(HttpStatusCode.Forbidden);
        (await browser.GetAsync($"/approvals/{asked.Id}?decision=approve")).ShouldBe(HttpStatusCode.OK);

        (await served.Approvals.FindAsync(asked.Id, Cancellation)).ShouldNotBeNull().State.ShouldBe(ApprovalState.Pending);
    }

    [Fact]
    public async Task A_session_ends_with_its_time_its_key_or_when_it_is_left()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var served = await ServedApprovals.StartAsync(configure: builder => builder.Services.AddSingleton<TimeProvider>(time));
        var key = await served.KeyAsync("ada");
        using var timed = new Browser(served.Url);
        using var left = new Browser(served.Url);
        using var copy = new Browser(served.Url);
        using var revoked = new Browser(served.Url);
        foreach (var browser in new[] { timed, left, revoked })
        {
            await browser.SignInAsync(key);
            (await browser.GetAsync("/approvals")).ShouldBe(HttpStatusCode.OK);
        }

        copy.Cookies.Add(left.Cookies.GetAllCookies());
        (await left.PostAsync("/sign-out")).ShouldBe(HttpStatusCode.Forbidden);
        await left.GetAsync("/approvals");
        (await left.PostAsync("/sign-out", ("token", left.Field("token")))).ShouldBe(HttpStatusCode.OK);
        (await left.GetAsync("/approvals")).ShouldBe(HttpStatusCode.Unauthorized);
        (await copy.GetAsync("/approvals")).ShouldBe(HttpStatusCode.Unauthorized);

        time.Advance(TimeSpan.FromMinutes(29));
        (await timed.GetAsync("/approvals")).ShouldBe(HttpStatusCode.OK);
        (await served.RunAsync(["key", "revoke", "ada-decides"])).Code.ShouldBe(0);
        (await revoked.GetAsync("/approvals")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_session_lasts_half_an_hour()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var served = await ServedApprovals.StartAsync(configure: builder => builder.Services.AddSingleton<TimeProvider>(time));
        using var browser = new Browser(served.Url);
        await browser.SignInAsync(await served.KeyAsync("ada"));

        time.Advance(TimeSpan.FromMinutes(31));

        (await browser.GetAsync("/approvals")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_made_up_or_changed_cookie_is_nobodys()
    {
        await using var served = await ServedApprovals.StartAsync();
        using var browser = new Browser(served.Url);
        await browser.SignInAsync(await served.KeyAsync("ada"));
        var cookie = browser.Cookies.GetAllCookies().Single();
        var parts = cookie.Value.Split('.');
        var later = string.Join('.', parts[0], long.Parse(parts[1]) + 3600, parts[2], parts[3]);

        foreach (var value in new[] { later, "x", "", ".", "...", cookie.Value + "0", cookie.Value[..^1], new string('.', 4000) })
        {
            using var other = new Browser(served.Url);
            var request = new HttpRequestMessage(HttpMethod.Get, "/approvals") { Headers = { { "Cookie", $"{cookie.Name}={value}" } } };

            (await other.SendAsync(request)).ShouldBe(HttpStatusCode.Unauthorized, value);
        }
    }
}
