using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Paddock.Control;
using Paddock.Control.Identity;
using Paddock.Core.Identity;
using Paddock.EndToEnd.Tests.Approvals;

namespace Paddock.EndToEnd.Tests.Identity;

/// <summary>People with local accounts: how they get a password, come in, and go out.</summary>
public class LocalSignInTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Somebody_who_was_invited_chooses_a_password_comes_in_and_goes_out()
    {
        await using var served = await ServedPeople.StartAsync();
        await served.UserAsync("ada", "viewer");
        var link = await served.InviteAsync("ada");
        using var browser = new Browser(served.Url);

        await browser.GetAsync(link);
        (await browser.PostAsync("/sign-in/password", ("ticket", browser.Field("ticket")), ("password", "short"))).ShouldBe(HttpStatusCode.BadRequest);
        browser.Body.ShouldContain("15 to 256 characters");
        (await browser.PostAsync("/sign-in/password", ("ticket", browser.Field("ticket")), ("password", ServedPeople.Password))).ShouldBe(HttpStatusCode.OK);
        (await ServedPeople.SignInAsync(browser, "Ada")).ShouldBe(HttpStatusCode.SeeOther);

        (await browser.GetAsync("/audit-log")).ShouldBe(HttpStatusCode.OK);
        var session = served.Identities.Current.Keys.Where(key => key.IsSession).ShouldHaveSingleItem();
        session.Client.ShouldBe(SessionClient.Console);
        var copy = browser.Cookies.GetAllCookies()["paddock-session"].ShouldNotBeNull();
        (await browser.PostAsync("/sign-out", ("token", browser.Field("token")))).ShouldBe(HttpStatusCode.OK);
        browser.Cookies.Add(new Cookie(copy.Name, copy.Value, "/", "127.0.0.1"));
        (await browser.GetAsync("/audit-log")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_invitation_is_good_once_and_for_a_day()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var served = await ServedPeople.StartAsync(configure: builder => builder.Services.AddSingleton<TimeProvider>(time));
        await served.UserAsync("ada");
        var (replaced, first) = (await served.InviteAsync("ada"), await served.InviteAsync("ada"));
        using var browser = new Browser(served.Url);

        (await ChooseAsync(browser, replaced)).ShouldBe(HttpStatusCode.Forbidden);
        (await ChooseAsync(browser, first)).ShouldBe(HttpStatusCode.OK);
        (await ChooseAsync(browser, first)).ShouldBe(HttpStatusCode.Forbidden);
        var second = await served.InviteAsync("ada");
        time.Advance(TimeSpan.FromDays(1));
        (await ChooseAsync(browser, second)).ShouldBe(HttpStatusCode.Forbidden);

        static Task<HttpStatusCode> ChooseAsync(Browser browser, string link) => browser.PostAsync("/sign-in/password", ("ticket", link.Split('=')[1]), ("password", ServedPeople.Password));
    }

    [Fact]
    public async Task After_five_wrong_passwords_the_right_one_is_no_good_for_a_while()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var served = await ServedPeople.StartAsync(configure: builder => builder.Services.AddSingleton<TimeProvider>(time));
        await served.PersonAsync("ada");
        using var browser = new Browser(served.Url);
        for (var i = 0; i < 5; i++)
        {
            (await ServedPeople.SignInAsync(browser, "ada", "wrong")).ShouldBe(HttpStatusCode.Unauthorized);
        }

        (await ServedPeople.SignInAsync(browser, "ada")).ShouldBe(HttpStatusCode.Unauthorized);
        time.Advance(TimeSpan.FromSeconds(61));
        (await ServedPeople.SignInAsync(browser, "ada", "wrong")).ShouldBe(HttpStatusCode.Unauthorized);
        time.Advance(TimeSpan.FromSeconds(61)); // the sixth locks for two minutes
        (await ServedPeople.SignInAsync(browser, "ada")).ShouldBe(HttpStatusCode.Unauthorized);
        time.Advance(TimeSpan.FromSeconds(61));
        (await ServedPeople.SignInAsync(browser, "ada")).ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task The_box_for_keys_takes_those_with_control_roles_and_no_agents_keys_nor_tokens()
    {
        await using var served = await ServedPeople.StartAsync();
        var ops = (await served.Get<CreateKey>().RunAsync(Actor.Local, new() { Name = "ops", User = "ada", Control = ["viewer"] }, Cancellation)).ShouldBeOfType<Outcome<NewKey>.Done>().Value;
        var agent = (await served.Get<CreateKey>().RunAsync(Actor.Local, new() { Name = "agent", User = "ada" }, Cancellation)).ShouldBeOfType<Outcome<NewKey>.Done>().Value;
        using var browser = new Browser(served.Url);

        (await browser.SignInAsync(agent.Token)).ShouldBe(HttpStatusCode.Unauthorized);
        (await browser.SignInAsync(ops.Token[..^1])).ShouldBe(HttpStatusCode.Unauthorized);
        (await browser.SignInAsync(ops.Token)).ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task Nobody_learns_by_the_answer_which_names_there_are()
    {
        await using var served = await ServedPeople.StartAsync();
        await served.PersonAsync("ada");
        await served.UserAsync("bob");
        await served.Get<CreateUser>().RunAsync(Actor.Local, new() { Name = "robot", Service = true }, Cancellation);
        var answers = new List<string>();
        foreach (var name in (string[])["ada", "bob", "robot", "nobody", "", new string('a', 5_000)])
        {
            using var browser = new Browser(served.Url);
            (await ServedPeople.SignInAsync(browser, name, "a wrong one")).ShouldBe(HttpStatusCode.Unauthorized);
            answers.Add(browser.Body);
        }

        answers.Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_role_that_is_taken_away_and_an_account_that_is_disabled_bite_at_once()
    {
        await using var served = await ServedPeople.StartAsync();
        using var browser = await served.SignedInAsync("ada", "viewer");
        (await browser.GetAsync("/audit-log")).ShouldBe(HttpStatusCode.OK);

        await served.ChangeAsync("ada", new() { Roles = [] });
        (await browser.GetAsync("/audit-log")).ShouldBe(HttpStatusCode.Forbidden);
        await served.ChangeAsync("ada", new() { Disabled = true });
        (await browser.GetAsync("/audit-log")).ShouldBe(HttpStatusCode.Unauthorized);
        (await ServedPeople.SignInAsync(browser, "ada")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Another_password_ends_the_sessions_that_were_there()
    {
        await using var served = await ServedPeople.StartAsync();
        using var browser = await served.SignedInAsync("ada", "viewer");

        await served.Get<ChoosePassword>().RunAsync((await served.InviteAsync("ada")).Split('=')[1], "another few words of it", null, Cancellation);

        (await browser.GetAsync("/audit-log")).ShouldBe(HttpStatusCode.Unauthorized);
        (await ServedPeople.SignInAsync(browser, "ada")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    [InlineData("/%0d%0aLocation:%20https://elsewhere.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/?x=\r\nSet-Cookie: a=b")]
    public async Task A_sign_in_leads_to_nowhere_but_here(string next)
    {
        await using var served = await ServedPeople.StartAsync();
        await served.PersonAsync("ada");
        using var browser = new Browser(served.Url);

        (await browser.PostAsync("/sign-in", ("name", "ada"), ("password", ServedPeople.Password), ("next", next))).ShouldBe(HttpStatusCode.SeeOther);

        browser.Location.ShouldBe("/account");
        await browser.GetAsync("/sign-in?next=" + Uri.EscapeDataString(next));
        browser.Location.ShouldBe("/account");
    }
}
