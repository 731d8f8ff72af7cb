using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Control;
using Paddock.Control.Incidents;
using Paddock.Control.Runbooks;
using Paddock.Core.Mitigations;
using Paddock.Core.Runbooks;
using Paddock.EndToEnd.Tests.Approvals;
using Paddock.EndToEnd.Tests.Hosting;
using Paddock.EndToEnd.Tests.Identity;

namespace Paddock.EndToEnd.Tests.Runbooks;

/// <summary>Runbooks, their runs and their drills on the console over real HTTP, as a browser without scripts meets them.</summary>
public sealed class RunbookPageTests : IAsyncLifetime
{
    private readonly HeldDrills drills = new();
    private ServedPeople served = null!; // started before any test
    private Browser root = null!, reader = null!; // as the server

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        served = await ServedPeople.StartAsync(configure: builder => builder.Services.AddSingleton<IDrills>(drills));
        root = await served.SignedInAsync("root", "operator", "viewer");
        reader = await served.SignedInAsync("reader", "viewer");
    }

    public async ValueTask DisposeAsync()
    {
        root.Dispose();
        reader.Dispose();
        await served.DisposeAsync();
    }

    [Fact]
    public async Task An_operator_begins_a_run_says_yes_ends_what_it_made_and_takes_it_back_and_a_viewer_only_looks()
    {
        var incident = (await served.Get<OpenIncident>().RunAsync(Actor.Local, new() { Title = "Nobody <b>decides</b>", Severity = "sev3", EtaSeconds = 3_600, Owner = "root" }, Cancellation)).ShouldBeOfType<Outcome<IncidentView>.Done>().Value.Id;
        await ReadAsync(incident);
        await root.GetAsync("/runbooks/backlog");
        root.Body.ShouldContain("sev3 Nobody &lt;b&gt;decides&lt;/b&gt;");
        (await SendAsync(root, "/runbooks/backlog", ("do", "begin"))).ShouldBe(HttpStatusCode.BadRequest);
        root.Body.ShouldContain("say which incident it belongs to");
        (await SendAsync(root, "/runbooks/backlog", ("do", "begin"), ("incident", incident), ("auto", "yes"))).ShouldBe(HttpStatusCode.Conflict);
        root.Body.ShouldContain("Its drill is never");
        (await SendAsync(root, "/runbooks/backlog", ("do", "begin"), ("incident", incident))).ShouldBe(HttpStatusCode.SeeOther);
        var path = root.Location!;
        await ShownAsync(root, path, "Waits for a yes");

        root.Body.IndexOf("Calls of sub-agents are turned away", StringComparison.Ordinal).ShouldBeLessThan(root.Body.IndexOf("Details", StringComparison.Ordinal));
        root.Body.ShouldContain("Such calls fail until it ends");
        root.Last.Headers.Contains("Refresh").ShouldBeFalse(); // what is typed would be lost
        await ShownAsync(reader, path, "An operator says yes or no.");
        reader.Last.Headers.GetValues("Refresh").ShouldBe([$"5; url={path}"]);
        (await SendAsync(reader, path, ("do", "yes"), ("which", "shed"), ("reason", "r"))).ShouldBe(HttpStatusCode.Forbidden);
        (await SendAsync(root, path, ("do", "yes"), ("which", "shed"), ("reason", " "))).ShouldBe(HttpStatusCode.BadRequest);
        (await SendAsync(root, path, ("do", "yes"), ("which", "shed"), ("reason", "I looked."))).ShouldBe(HttpStatusCode.SeeOther);
        (await SendAsync(root, path, ("do", "yes"), ("which", "shed"), ("reason", "Again."))).ShouldBe(HttpStatusCode.Conflict);

        await ShownAsync(root, "/runbooks", "End it now");
        root.Body.ShouldContain("Runs that are open");
        var mitigation = (await served.Get<IMitigationStore>().StandingAsync(Cancellation)).All.ShouldHaveSingleItem();
        (await SendAsync(reader, "/runbooks", ("do", "end"), ("which", mitigation.Id))).ShouldBe(HttpStatusCode.Forbidden);
        (await SendAsync(root, "/runbooks", ("do", "end"), ("which", mitigation.Id))).ShouldBe(HttpStatusCode.SeeOther);
        (await served.Get<IMitigationStore>().StandingAsync(Cancellation)).All.ShouldBeEmpty();
        (await SendAsync(reader, path, ("do", "undo"), ("why", "r"))).ShouldBe(HttpStatusCode.Forbidden);
        (await SendAsync(root, path, ("do", "undo"), ("why", "They keep up."))).ShouldBe(HttpStatusCode.SeeOther);
        await ShownAsync(root, path, "Nothing of it stands: They keep up.");
        root.Last.Headers.Contains("Refresh").ShouldBeFalse();
    }

    [Fact]
    public async Task A_drill_runs_on_while_its_page_is_looked_at_and_its_result_is_there_when_it_is_over()
    {
        const string path = "/runbooks/backlog";
        await root.GetAsync(path);
        root.Body.ShouldContain("There is no result yet.");
        (await SendAsync(reader, path, ("do", "drill"))).ShouldBe(HttpStatusCode.Forbidden);
        (await SendAsync(root, path, ("do", "drill"))).ShouldBe(HttpStatusCode.SeeOther);

        await ShownAsync(reader, root.Location!, "Alert approvals-waiting at 09:14:10 &lt;b&gt;");
        reader.Last.Headers.GetValues("Refresh").ShouldBe([$"3; url={path}"]);
        await reader.GetAsync(path + "?still=yes");
        reader.Last.Headers.Contains("Refresh").ShouldBeFalse();
        await root.GetAsync("/runbooks/unsafe-output");
        root.Body.ShouldContain("There is one at a time.");
        (await SendAsync(root, "/runbooks/unsafe-output", ("do", "drill"))).ShouldBe(HttpStatusCode.Conflict);

        drills.End();
        await ShownAsync(reader, path, "It was not seen.");
        reader.Last.Headers.Contains("Refresh").ShouldBeFalse();
        reader.Body.ShouldContain("noticed after 4 min, never mitigated, never recovered");
        reader.Body.ShouldContain("failing");
    }

    /// <summary>What somebody sees who may only look.</summary>
    private async Task ReadAsync(string incident)
    {
        (await reader.GetAsync("/runbooks")).ShouldBe(HttpStatusCode.OK);
        reader.Body.ShouldContain("provider-degradation");
        reader.Body.ShouldContain("never");
        (await reader.GetAsync("/runbooks/backlog")).ShouldBe(HttpStatusCode.OK);
        reader.Body.ShouldContain("More requests wait for somebody&#39;s yes than people can look at");
        reader.Body.ShouldNotContain("value=\"begin\"");
        reader.Body.ShouldNotContain("value=\"drill\"");
        (await SendAsync(reader, "/runbooks/backlog", ("do", "begin"), ("incident", incident))).ShouldBe(HttpStatusCode.Forbidden);
        (await SendAsync(reader, "/runbooks/schema-update", ("do", "preview"), ("parameter.route", "none"))).ShouldBe(HttpStatusCode.BadRequest);
        reader.Body.ShouldContain("value=\"none\"");
        (await SendAsync(reader, "/runbooks/schema-update", ("do", "preview"), ("parameter.route", "none"), ("parameter.to", "<i>"))).ShouldBe(HttpStatusCode.OK);
        reader.Body.ShouldContain("Route &#39;none&#39; asks provider &#39;&lt;i&gt;&#39; first");
        reader.Body.ShouldContain("The release in force has no route &#39;none&#39;.");
        reader.Body.ShouldContain("Nothing was done.");
    }

    private static async Task<HttpStatusCode> SendAsync(Browser browser, string path, params (string Name, string Value)[] fields)
    {
        await browser.GetAsync(path);
        return await browser.PostAsync(path, [("token", browser.Field("token")), .. fields]);
    }

    /// <summary>Loads a page until it says something.</summary>
    private static Task ShownAsync(Browser browser, string path, string says) => Eventually.IsAsync(async () =>
    {
        (await browser.GetAsync(path)).ShouldBe(HttpStatusCode.OK);
        return browser.Body.Contains(says, StringComparison.Ordinal);
    }, () => $"{path} does not say {says}: {browser.Body}", Cancellation);
}
