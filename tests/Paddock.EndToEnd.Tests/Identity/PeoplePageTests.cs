using System.Net;
using System.Text.RegularExpressions;
using Paddock.Control;
using Paddock.Control.Identity;
using Paddock.Core.Identity;
using Paddock.EndToEnd.Tests.Approvals;

namespace Paddock.EndToEnd.Tests.Identity;

/// <summary>People are found, made, invited, changed and shut out in the browser.</summary>
public partial class PeoplePageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Somebody_is_made_invited_comes_in_and_is_shut_out()
    {
        await using var served = await ServedPeople.StartAsync();
        using var root = await served.SignedInAsync("root", "admin");
        root.Location.ShouldBe("/");
        await root.GetAsync("/people");
        var token = root.Field("token");

        (await root.PostAsync("/people", ("token", token), ("do", "make"), ("name", "ada@example.com"), ("teams", "core web"))).ShouldBe(HttpStatusCode.SeeOther);
        var page = root.Location.ShouldNotBeNull().Split('?')[0];
        page.ShouldBe("/people/ada%40example.com");
        (await root.PostAsync(page, ("token", token), ("do", "change"), ("teams", "core"), ("role", "viewer"))).ShouldBe(HttpStatusCode.SeeOther);
        (await root.PostAsync(page, ("token", token), ("do", "invite"))).ShouldBe(HttpStatusCode.OK);
        var link = Link().Match(root.Body).Value;
        link.ShouldStartWith(served.Url);
        using var ada = new Browser(served.Url);
        await ada.GetAsync(link);
        (await ada.PostAsync("/sign-in/password", ("ticket", ada.Field("ticket")), ("password", ServedPeople.Password))).ShouldBe(HttpStatusCode.OK);
        (await ServedPeople.SignInAsync(ada, "ada@example.com")).ShouldBe(HttpStatusCode.SeeOther);
        (await ada.GetAsync("/people")).ShouldBe(HttpStatusCode.OK);

        (await root.GetAsync(page)).ShouldBe(HttpStatusCode.OK);
        root.Body.ShouldContain("Console");
        (await root.PostAsync(page, ("token", token), ("do", "disable"))).ShouldBe(HttpStatusCode.SeeOther);

        (await ada.GetAsync("/people")).ShouldBe(HttpStatusCode.Unauthorized);
        await root.GetAsync("/people?q=disabled");
        root.Body.ShouldContain("ada@example.com");
    }

    [Fact]
    public async Task They_are_found_by_name_team_or_role_fifty_at_a_time()
    {
        await using var served = await ServedPeople.StartAsync();
        using var root = await served.SignedInAsync("root", "viewer");
        for (var i = 0; i < 60; i++)
        {
            await served.Get<CreateUser>().RunAsync(Actor.Local, new() { Name = $"dev{i:00}", Teams = [i < 55 ? "many" : "few"] }, Cancellation);
        }

        await root.GetAsync("/people?q=MANY");
        (Rows(root), root.Body.Contains("Page 1 of 2", StringComparison.Ordinal)).ShouldBe((50, true));
        await root.GetAsync("/people?q=many&page=2");
        Rows(root).ShouldBe(5);
        root.Body.ShouldContain("dev54");
        await root.GetAsync("/people?q=viewer");
        Rows(root).ShouldBe(1);
        await root.GetAsync("/people?q=dev59&page=77");
        Rows(root).ShouldBe(1);
        await root.GetAsync("/people?q=%3Cb%3Enobody");
        root.Body.ShouldContain("Nobody is found");
        root.Body.ShouldNotContain("<b>nobody");
        (await root.GetAsync("/people?page=-1&q=" + new string('x', 500))).ShouldBe(HttpStatusCode.OK);

        await root.GetAsync("/teams");
        root.Body.ShouldContain("43 more");
    }

    [Fact]
    public async Task Keys_and_sessions_of_others_are_ended_on_their_page()
    {
        await using var served = await ServedPeople.StartAsync();
        using var root = await served.SignedInAsync("root", "admin");
        using var ada = await served.SignedInAsync("ada");
        var key = (await served.Get<CreateKey>().RunAsync(Actor.Local, new() { Name = "laptop", User = "ada" }, Cancellation)).ShouldBeOfType<Outcome<NewKey>.Done>().Value;
        await root.GetAsync("/people/ada");
        root.Body.ShouldContain(key.Key.Prefix);
        var token = root.Field("token");

        (await root.PostAsync("/people/ada", ("token", token), ("do", "revoke-key"), ("which", key.Key.Id))).ShouldBe(HttpStatusCode.SeeOther);
        (await root.PostAsync("/people/ada", ("token", token), ("do", "end-all"))).ShouldBe(HttpStatusCode.SeeOther);

        await served.ShouldAnswerAsync(key.Token, HttpStatusCode.Unauthorized);
        (await ada.GetAsync("/account")).ShouldBe(HttpStatusCode.Unauthorized);
        await root.GetAsync("/people/ada");
        root.Body.ShouldContain("Nothing is signed in.");
        root.Body.ShouldContain("There is no key that works; 1 ended.");
    }

    private static int Rows(Browser browser) => browser.Body.Split("<tr ").Length - 2;

    [GeneratedRegex("http://[^<\"]+/sign-in/password\\?ticket=ps_[0-9A-Za-z_]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();
}
