using System.Net;
using System.Text.RegularExpressions;
using Paddock.Control;
using Paddock.Control.Identity;
using Paddock.Core.Identity;
using Paddock.EndToEnd.Tests.Approvals;
using Paddock.Hosting;
using Paddock.Settings;

namespace Paddock.EndToEnd.Tests.Identity;

/// <summary>What people do on their own page.</summary>
public partial class AccountPageTests
{
    [Fact]
    public async Task A_key_is_made_shown_once_replaced_and_revoked()
    {
        await using var served = await ServedPeople.StartAsync();
        using var browser = await served.SignedInAsync("ada");
        browser.Location.ShouldBe("/account");
        await browser.GetAsync("/account");
        var token = browser.Field("token");

        (await browser.PostAsync("/account", ("token", token), ("do", "make-key"), ("name", "laptop"), ("days", "30"), ("tools", "yes"))).ShouldBe(HttpStatusCode.OK);
        var first = Key().Match(browser.Body).Value;
        browser.Last.Headers.CacheControl.ShouldNotBeNull().NoStore.ShouldBeTrue();
        await served.ShouldAnswerAsync(first, HttpStatusCode.OK);
        await browser.GetAsync("/account");
        browser.Body.ShouldContain("laptop");
        browser.Body.ShouldContain(first[..11]);
        browser.Body.ShouldNotContain(first);

        var id = served.Identities.Current.Keys.Single(key => !key.IsSession && key.Name == "laptop").Id.Value;
        (await browser.PostAsync("/account", ("token", token), ("do", "rotate-key"), ("which", id))).ShouldBe(HttpStatusCode.OK);
        var second = Key().Match(browser.Body).Value;
        second.ShouldNotBe(first);
        await served.ShouldAnswerAsync(first, HttpStatusCode.OK);
        await served.ShouldAnswerAsync(second, HttpStatusCode.OK);
        (await browser.PostAsync("/account", ("token", token), ("do", "revoke-key"), ("which", id))).ShouldBe(HttpStatusCode.SeeOther);
        await served.ShouldAnswerAsync(first, HttpStatusCode.Unauthorized);
        await browser.GetAsync(browser.Location ?? "");
        browser.Body.ShouldContain("The key is revoked.");
    }

    [Fact]
    public async Task Sessions_left_elsewhere_are_ended_one_by_one_or_all_at_once()
    {
        await using var served = await ServedPeople.StartAsync();
        using var browser = await served.SignedInAsync("ada");
        using var second = new Browser(served.Url);
        using var third = new Browser(served.Url);
        await ServedPeople.SignInAsync(second, "ada");
        await ServedPeople.SignInAsync(third, "ada");
        await browser.GetAsync("/account");
        var token = browser.Field("token");
        browser.Body.ShouldContain("this one");
        var other = Which().Matches(browser.Body).Select(match => match.Groups["id"].Value).First();

        (await browser.PostAsync("/account", ("token", token), ("do", "end-session"), ("which", other))).ShouldBe(HttpStatusCode.SeeOther);
        (await Task.WhenAll(second.GetAsync("/account"), third.GetAsync("/account"))).Order().ShouldBe([HttpStatusCode.OK, HttpStatusCode.Unauthorized]);
        (await browser.PostAsync("/account", ("token", token), ("do", "end-others"))).ShouldBe(HttpStatusCode.SeeOther);

        (await Task.WhenAll(second.GetAsync("/account"), third.GetAsync("/account"))).ShouldBe([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized]);
        (await browser.GetAsync("/account")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Who_came_with_a_key_sees_their_account_and_makes_no_further_keys()
    {
        await using var served = await ServedPeople.StartAsync();
        var key = (await served.Get<CreateKey>().RunAsync(Actor.Local, new() { Name = "laptop", User = "ada", Control = ["viewer"] }, TestContext.Current.CancellationToken)).ShouldBeOfType<Outcome<NewKey>.Done>().Value.Token;
        using var browser = new Browser(served.Url);
        (await browser.SignInAsync(key, "/account")).ShouldBe(HttpStatusCode.SeeOther);

        (await browser.GetAsync("/account")).ShouldBe(HttpStatusCode.OK);

        browser.Body.ShouldContain("You came with a key");
        browser.Body.ShouldNotContain("Make the key");
        var id = served.Identities.Current.Keys.Single(key => key.Name == "laptop").Id.Value;
        foreach (var deed in new[] { "make-key", "rotate-key", "revoke-key" })
        {
            (await browser.PostAsync("/account", ("token", browser.Field("token")), ("do", deed), ("name", "more"), ("days", "30"), ("which", id))).ShouldBe(HttpStatusCode.Forbidden, deed);
        }

        served.Identities.Current.Keys.Count(key => !key.IsSession && key.Owner == served.Identities.Current.Principals.Single(one => one.Name == "ada").Id).ShouldBe(1);
    }

    [Fact]
    public async Task Where_agents_have_a_listener_of_their_own_it_leads_to_the_account_and_to_no_page_of_operators()
    {
        await using var served = await ServedPeople.StartAsync(settings => settings with
        {
            Listeners = [new(new(IsHttps: false, IPAddress.Loopback, 0), ListenerSides.Agents, []), new(new(IsHttps: false, IPAddress.Loopback, 0), ListenerSides.Operators, [])],
        });
        using var browser = await served.SignedInAsync("ada", "admin");

        browser.Location.ShouldBe("/account");
        (await browser.GetAsync("/account")).ShouldBe(HttpStatusCode.OK);
        browser.Body.ShouldNotContain("href=\"/people\"");
        browser.Body.ShouldNotContain("href=\"/\"");
        (await browser.GetAsync("/people")).ShouldBe(HttpStatusCode.NotFound);
    }

    [GeneratedRegex("pk_[0-9A-Za-z]{8}_[0-9A-Za-z]{38}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Key();

    [GeneratedRegex("name=\"which\" value=\"(?<id>ses_[0-9a-f]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Which();
}
