using System.Net;
using System.Text.RegularExpressions;
using Paddock.Core.Approvals;

namespace Paddock.EndToEnd.Tests.Approvals;

/// <summary>The approver's page over real HTTP, as a browser without scripts meets it.</summary>
public class ApprovalPageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_approver_signs_in_reads_what_is_asked_and_approves_it()
    {
        await using var served = await ServedApprovals.StartAsync();
        var asked = await served.AskAsync("git push origin main && echo done");
        using var browser = new Browser(served.Url);

        (await browser.GetAsync($"/approvals/{asked.Id}")).ShouldBe(HttpStatusCode.Unauthorized);
        browser.Body.ShouldNotContain("git push");
        (await browser.SignInAsync(await served.KeyAsync("ada"), browser.Field("next"))).ShouldBe(HttpStatusCode.SeeOther);
        browser.Location.ShouldBe($"/approvals/{asked.Id}");
        (await browser.GetAsync("/approvals")).ShouldBe(HttpStatusCode.OK);
        browser.Body.ShouldContain($"href=\"/approvals/{asked.Id}\"");
        (await browser.GetAsync($"/approvals/{asked.Id}")).ShouldBe(HttpStatusCode.OK);
        foreach (var fact in new[] { "<pre>git push origin main &amp;&amp; echo done</pre>", "/work", "codex", "task_1", "git/push", "Pushes are reviewed", asked.Digest.Value, asked.Id.Value, "dev", "team leads" })
        {
            browser.Body.ShouldContain(fact);
        }

        (await browser.PostAsync($"/approvals/{asked.Id}", ("token", browser.Field("token")), ("decision", "approve"), ("reason", "read <b>it</b>"))).ShouldBe(HttpStatusCode.SeeOther);
        (await browser.GetAsync(browser.Location!)).ShouldBe(HttpStatusCode.OK);
        browser.Body.ShouldContain("approved");
        browser.Body.ShouldContain("“read &lt;b&gt;it&lt;/b&gt;”");
        browser.Body.ShouldNotContain("value=\"deny\"");
        var approved = (await served.Approvals.FindAsync(asked.Id, Cancellation)).ShouldNotBeNull();
        (approved.State, approved.Reason).ShouldBe((ApprovalState.Approved, "read <b>it</b>"));
        approved.Votes[0].SeenAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task Denying_ends_it_and_a_second_decision_is_told_so()
    {
        await using var served = await ServedApprovals.StartAsync();
        var asked = await served.AskAsync();
        using var browser = new Browser(served.Url);
        await browser.SignInAsync(await served.KeyAsync("ada"));
        await browser.GetAsync($"/approvals/{asked.Id}");
        var token = browser.Field("token");

        (await browser.PostAsync($"/approvals/{asked.Id}", ("token", token), ("decision", "deny"), ("reason", "not today"))).ShouldBe(HttpStatusCode.SeeOther);
        (await browser.PostAsync($"/approvals/{asked.Id}", ("token", token), ("decision", "approve"))).ShouldBe(HttpStatusCode.Conflict);

        browser.Body.ShouldContain("not open any more");
        (await served.Approvals.FindAsync(asked.Id, Cancellation)).ShouldNotBeNull().State.ShouldBe(ApprovalState.Denied);
    }

    [Fact]
    public async Task A_grant_and_an_override_have_buttons_where_they_are_possible()
    {
        await using var served = await ServedApprovals.StartAsync();
        var offered = await served.AskAsync(offer: new() { ArgvPrefix = ["git", "push"], Task = "task_1", MaxUses = 3, Ttl = TimeSpan.FromHours(1) });
        var soft = await served.AskAsync("make deploy", soft: true);
        using var ada = new Browser(served.Url);
        using var dev = new Browser(served.Url);
        await ada.SignInAsync(await served.KeyAsync("ada"));
        await dev.SignInAsync(await served.KeyAsync("dev"));

        await ada.GetAsync($"/approvals/{offered.Id}");
        (await ada.PostAsync($"/approvals/{offered.Id}", ("token", ada.Field("token")), ("decision", "grant"))).ShouldBe(HttpStatusCode.SeeOther);
        await dev.GetAsync($"/approvals/{soft.Id}");
        dev.Body.ShouldContain("value=\"override\"");
        (await dev.PostAsync($"/approvals/{soft.Id}", ("token", dev.Field("token")), ("decision", "override"))).ShouldBe(HttpStatusCode.BadRequest);
        dev.Body.ShouldContain("takes a reason");
        (await dev.PostAsync($"/approvals/{soft.Id}", ("token", dev.Field("token")), ("decision", "override"), ("reason", "staging"))).ShouldBe(HttpStatusCode.SeeOther);

        (await served.Approvals.FindAsync(offered.Id, Cancellation)).ShouldNotBeNull().Granted.ShouldBeTrue();
        (await served.Approvals.FindAsync(soft.Id, Cancellation)).ShouldNotBeNull().State.ShouldBe(ApprovalState.Approved);
    }

    [Fact]
    public async Task Nobody_decides_their_own_request_on_the_page_either()
    {
        await using var served = await ServedApprovals.StartAsync();
        var asked = await served.AskAsync();
        using var browser = new Browser(served.Url);
        await browser.SignInAsync(await served.KeyAsync("dev"));

        await browser.GetAsync($"/approvals/{asked.Id}");
        browser.Body.ShouldContain("Nobody decides their own request");
        browser.Body.ShouldNotContain("value=\"approve\"");
        (await browser.PostAsync($"/approvals/{asked.Id}", ("token", browser.Field("token")), ("decision", "approve"))).ShouldBe(HttpStatusCode.Forbidden);
        (await served.Approvals.FindAsync(asked.Id, Cancellation)).ShouldNotBeNull().State.ShouldBe(ApprovalState.Pending);
    }

    [Fact]
    public async Task What_an_agent_says_is_never_markup_and_hides_nothing()
    {
        const string hostile = "echo '</pre><script>alert(1)</script>\" onload=x' \u202egnp.sh \u0007\u200b\r\n\u00a0e\u0441ho";
        await using var served = await ServedApprovals.StartAsync();
        var asked = await served.AskAsync(hostile, with: brief => brief with { Agent = "<b>agent</b>", Cwd = "/a\"><i>", Because = "</p><script>1</script>", Argv = [["echo", "<u>\u202e"]], Hosts = ["<s>.example"], Rule = "a'b" });
        using var browser = new Browser(served.Url);
        await browser.SignInAsync(await served.KeyAsync("ada"));

        await browser.GetAsync($"/approvals/{asked.Id}");

        var tags = Regex.Matches(browser.Body, "<[a-zA-Z!/][^>]*>", RegexOptions.None, TimeSpan.FromSeconds(1)).Select(match => match.Value).ToArray();
        tags.ShouldAllBe(tag => !tag.Contains("script") && !tag.Contains(" on") && tag != "<b>" && tag != "<i>" && tag != "<u>" && tag != "<s>");
        browser.Body.ShouldContain("&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=x");
        browser.Body.ShouldContain("<span class=\"hidden-character\">\\u202e</span>gnp.sh <span class=\"hidden-character\">\\u0007</span><span class=\"hidden-character\">\\u200b</span><span class=\"hidden-character\">\\u000d</span>\n<span class=\"hidden-character\">\\u00a0</span>e\u0441ho");
        browser.Body.ShouldContain("5 hidden characters");
        browser.Body.ShouldContain("1 character is not plain ASCII");
        browser.Body.EnumerateRunes().ShouldNotContain(rune => rune.Value == 0x202e || rune.Value == 0x200b || rune.Value == 7);
        (await browser.GetAsync("/approvals")).ShouldBe(HttpStatusCode.OK);
        browser.Body.ShouldNotContain("<script");
    }

    [Fact]
    public async Task A_page_takes_nothing_from_elsewhere_and_no_script_and_is_not_kept()
    {
        await using var served = await ServedApprovals.StartAsync();
        using var browser = new Browser(served.Url);
        foreach (var signedIn in new[] { false, true })
        {
            if (signedIn)
            {
                await browser.SignInAsync(await served.KeyAsync("ada"));
            }

            await browser.GetAsync("/approvals");

            var headers = browser.Last.Headers;
            headers.GetValues("Content-Security-Policy").Single().ShouldBe("default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
            headers.GetValues("X-Frame-Options").Single().ShouldBe("DENY");
            headers.CacheControl.ShouldNotBeNull().NoStore.ShouldBeTrue();
            Regex.IsMatch(browser.Body, "<script|style=|javascript:|https?://", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1)).ShouldBeFalse();
        }

        (await browser.GetAsync("/assets/console.css")).ShouldBe(HttpStatusCode.OK);
    }
}
