using Paddock.EndToEnd.Tests.Approvals;

namespace Paddock.EndToEnd.Tests.Browsing;

/// <summary>A person's way through the console in a real browser, and what the browser tells of pages that are not as ours.</summary>
public class TabTests(Chromium chromium)
{
    [Fact]
    public async Task Somebody_signs_in_decides_and_signs_out_without_scripts()
    {
        await using var served = await ServedApprovals.StartAsync();
        var asked = await served.AskAsync();
        await using var tab = await chromium.OpenAsync(scripts: false);

        await tab.GoAsync($"{served.Url}/approvals/{asked.Id}");
        tab.Status.ShouldBe(401);
        await tab.TickAsync("DisclosureTriangle", "Sign in with a key");
        await tab.FillAsync("Key", "something before");
        await tab.FillAsync("Key", await served.KeyAsync("ada"));
        await tab.ClickAsync("button", "Sign in with this key");
        tab.Url.ShouldBe($"{served.Url}/approvals/{asked.Id}");
        (await tab.CookiesAsync()).ShouldHaveSingleItem().ShouldSatisfyAllConditions(cookie => cookie.HttpOnly.ShouldBeTrue(), cookie => cookie.SameSite.ShouldBe("Strict"));
        await tab.FillAsync("Reason", "looks right");
        await tab.ClickAsync("button", "Approve this once");
        (await tab.TextAsync()).ShouldContain("“looks right”");
        await tab.ClickAsync("link", "Approvals");
        tab.Url.ShouldBe($"{served.Url}/approvals");
        await tab.ClickAsync("button", "Sign out");

        (await tab.TextAsync()).ShouldContain("You are signed out.");
        (await tab.CookiesAsync()).ShouldBeEmpty();
        tab.Elsewhere.ShouldBeEmpty();
        (await tab.ProblemsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Each_tab_has_cookies_of_its_own_and_colours_as_it_is_told()
    {
        await using var served = await ServedApprovals.StartAsync();
        await using var one = await chromium.OpenAsync();
        await using var other = await chromium.OpenAsync();
        await one.GoAsync(served.Url);
        await one.ClickAsync("button", "Light");
        await other.GoAsync(served.Url);

        (await one.CookiesAsync()).ShouldHaveSingleItem().Value.ShouldBe("light");
        (await other.CookiesAsync()).ShouldBeEmpty();
        await one.ColoursAsync(dark: true);
        await other.ColoursAsync(dark: false);
        var light = await other.ScreenshotAsync();
        (await one.ScreenshotAsync()).AsSpan(1, 3).SequenceEqual("PNG"u8).ShouldBeTrue();
        (await one.EvaluateAsync(Background)).GetString().ShouldBe((await other.EvaluateAsync(Background)).GetString());
        await other.ColoursAsync(dark: true);
        (await other.ScreenshotAsync()).ShouldNotBe(light);
        (await other.EvaluateAsync(Background)).GetString().ShouldNotBe((await one.EvaluateAsync(Background)).GetString());
    }

    [Theory]
    [InlineData("link", "To a program", "vscode://publisher.extension/path?code=1")]
    [InlineData("link", "To a program by us", "vscode://publisher.extension/path?code=2")]
    [InlineData("link", "To nobody", "http://127.0.0.1:1025/callback?code=3")]
    [InlineData("button", "Send to a program", "vscode://publisher.extension/path?code=4")]
    public async Task Where_a_page_sends_elsewhere_is_known_though_nothing_is_there(string role, string name, string address)
    {
        await using var site = await StrangeSite.StartAsync();
        await using var tab = await chromium.OpenAsync();
        await tab.GoAsync(site.Url);

        await tab.ClickAsync(role, name);

        tab.Elsewhere.ShouldBe([address]);
        (await tab.ElsewhereAsync(address[..10])).ShouldBe(address);
    }

    [Fact]
    public async Task A_page_that_goes_elsewhere_by_itself_is_waited_for()
    {
        await using var site = await StrangeSite.StartAsync();
        await using var tab = await chromium.OpenAsync(scripts: false);
        await tab.GoAsync(site.Url + "/by-itself");

        (await tab.ElsewhereAsync("vscode:")).ShouldBe("vscode://publisher.extension/path?code=5");
    }

    [Fact]
    public async Task What_a_policy_forbids_and_what_fails_is_told()
    {
        await using var site = await StrangeSite.StartAsync();
        await using var tab = await chromium.OpenAsync();

        await tab.GoAsync(site.Url + "/strict");
        await tab.ClickAsync("button", "Send to a program");

        var problems = await tab.ProblemsAsync();
        problems.ShouldContain(problem => problem.Contains("style-src-attr", StringComparison.Ordinal));
        problems.ShouldContain(problem => problem.Contains("script-src-elem", StringComparison.Ordinal));
        problems.ShouldContain(problem => problem.Contains("/none.css", StringComparison.Ordinal) && problem.Contains("404", StringComparison.Ordinal));
        problems.ShouldContain($"{site.Url}/send: net::ERR_ABORTED");
        tab.Elsewhere.ShouldBeEmpty(); // browsers hold redirects after a form to form-action, too
    }

    [Fact]
    public async Task What_is_not_there_is_named_with_the_page()
    {
        await using var site = await StrangeSite.StartAsync();
        await using var tab = await chromium.OpenAsync();
        await tab.GoAsync(site.Url);

        var fault = await Should.ThrowAsync<InvalidOperationException>(() => tab.ClickAsync("button", "Launch"));

        fault.Message.ShouldContain("button “Launch”");
        fault.Message.ShouldContain("To a program by us");
    }

    private const string Background = "getComputedStyle(document.body).backgroundColor";
}
