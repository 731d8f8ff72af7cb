using System.Net;
using Paddock.EndToEnd.Tests.Approvals;

namespace Paddock.EndToEnd.Tests.Hosting;

/// <summary>Light or dark, chosen by a form, kept in a cookie.</summary>
public class ThemeTests
{
    [Fact]
    public async Task The_theme_that_was_chosen_comes_with_the_next_page()
    {
        await using var served = await ServedApprovals.StartAsync();
        using var browser = new Browser(served.Url);
        await browser.GetAsync("/approvals");
        browser.Body.ShouldContain("data-theme=\"system\"");

        (await browser.PostAsync("/theme", ("theme", "dark"), ("next", browser.Field("next")))).ShouldBe(HttpStatusCode.SeeOther);

        browser.Location.ShouldBe("/approvals");
        await browser.GetAsync("/");
        browser.Body.ShouldContain("data-theme=\"dark\"");
        browser.Body.ShouldContain("value=\"dark\" aria-pressed=\"true\"");
    }

    [Theory]
    [InlineData("//elsewhere.example")]
    [InlineData("https://elsewhere.example")]
    [InlineData("/\\elsewhere.example")]
    [InlineData("/a\nb")]
    [InlineData("")]
    public async Task It_sends_on_to_nowhere_else(string next)
    {
        await using var served = await ServedApprovals.StartAsync();
        using var browser = new Browser(served.Url);

        await browser.PostAsync("/theme", ("theme", "<b>"), ("next", next));

        browser.Location.ShouldBe("/");
        browser.Last.Headers.GetValues("Set-Cookie").Single().ShouldStartWith("paddock-theme=system;");
    }

    [Fact]
    public async Task Another_site_chooses_nothing()
    {
        await using var served = await ServedApprovals.StartAsync();
        using var browser = new Browser(served.Url);
        var foreign = new HttpRequestMessage(HttpMethod.Post, "/theme")
        {
            Headers = { { "Sec-Fetch-Site", "cross-site" } },
            Content = new FormUrlEncodedContent([KeyValuePair.Create("theme", "dark")]),
        };

        (await browser.SendAsync(foreign)).ShouldBe(HttpStatusCode.Forbidden);

        browser.Last.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }
}
