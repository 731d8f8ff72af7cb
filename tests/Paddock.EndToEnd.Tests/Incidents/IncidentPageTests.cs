using System.Net;
using System.Text;
using Paddock.Control;
using Paddock.Control.Identity;
using Paddock.Core.Incidents;
using Paddock.EndToEnd.Tests.Approvals;
using Paddock.EndToEnd.Tests.Identity;

namespace Paddock.EndToEnd.Tests.Incidents;

/// <summary>Incidents on the console over real HTTP, as a browser without scripts meets them, and their notice as agents get it.</summary>
public class IncidentPageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_incident_is_opened_put_right_and_closed_by_forms_and_developers_are_told_in_their_agents()
    {
        await using var served = await ServedPeople.StartAsync();
        using var root = await served.SignedInAsync("root", "admin");
        using var ops = await served.SignedInAsync("ops", "operator", "viewer");
        using var reader = await served.SignedInAsync("reader", "viewer");
        using var ada = await served.SignedInAsync("ada");

        await ops.GetAsync("/incidents");
        var token = ops.Field("token");
        (await ops.PostAsync("/incidents", ("token", token), ("do", "on-call"), ("user", "ops"), ("hours", "8"))).ShouldBe(HttpStatusCode.SeeOther);
        (await ops.PostAsync("/incidents", ("token", token), ("do", "open"), ("title", "Nothing <b>"), ("severity", "sev2"), ("eta", "3600"), ("scopes", "web, payments"), ("notice", "Use another."))).ShouldBe(HttpStatusCode.SeeOther);
        var page = ops.Location!;
        (await ops.GetAsync(page)).ShouldBe(HttpStatusCode.OK);
        ops.Body.ShouldContain("Nothing &lt;b&gt;");
        ops.Body.ShouldContain("web, payments");

        await MayOnlyLookAsync(reader, ada, page);
        (await reader.GetAsync("/")).ShouldBe(HttpStatusCode.OK);
        reader.Body.ShouldContain("Nothing &lt;b&gt; (sev2)");
        await ToldAsync(served);
        await PutRightAsync(ops, page);
        await ClosedAsync(ops, root, page);

        (await served.Get<IIncidents>().ListAsync(new(), Cancellation)).ShouldHaveSingleItem().Status.ShouldBe(IncidentStatus.Closed);
        (await ada.GetAsync("/status")).ShouldBe(HttpStatusCode.OK);
        ada.Body.ShouldContain("Nothing is known to be wrong.");
    }

    private static async Task MayOnlyLookAsync(Browser reader, Browser ada, string page)
    {
        (await reader.GetAsync(page)).ShouldBe(HttpStatusCode.OK);
        reader.Body.ShouldNotContain("What to do");
        var token = reader.Field("token");
        (await reader.PostAsync(page, ("token", token), ("do", "ack"))).ShouldBe(HttpStatusCode.Forbidden);
        (await reader.PostAsync(page + "/postmortem", ("token", token), ("version", "0"))).ShouldBe(HttpStatusCode.Forbidden);
        (await reader.PostAsync("/incidents", ("token", token), ("do", "open"), ("title", "t"), ("severity", "sev1"), ("eta", "60"))).ShouldBe(HttpStatusCode.Forbidden);
        (await ada.GetAsync(page)).ShouldBe(HttpStatusCode.Forbidden);
        (await ada.GetAsync("/incidents")).ShouldBe(HttpStatusCode.Forbidden);
        (await ada.GetAsync("/status")).ShouldBe(HttpStatusCode.OK);
        ada.Body.ShouldContain("Use another.");
    }

    /// <summary>A session of Claude Code begins, twice.</summary>
    private static async Task ToldAsync(ServedPeople served)
    {
        var key = (await served.Get<CreateKey>().RunAsync(Actor.Local, new() { Name = "laptop", User = "ada", Tools = true }, Cancellation)).ShouldBeOfType<Outcome<NewKey>.Done>().Value.Token;
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new(served.Url) };
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer " + key);
        foreach (var said in new[] { """{"systemMessage":"Paddock: Use another."}""", "{}" })
        {
            using var answer = await http.PostAsync("/hooks/v1/claude-code", new StringContent("""{"session_id":"s1","hook_event_name":"SessionStart","source":"startup"}""", Encoding.UTF8, "application/json"), Cancellation);
            (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldBe(said);
        }
    }

    private static async Task PutRightAsync(Browser ops, string page)
    {
        await ops.GetAsync(page);
        var token = ops.Field("token");
        (await ops.PostAsync(page, ("token", "none"), ("do", "ack"))).ShouldBe(HttpStatusCode.Forbidden);
        (await ops.PostAsync(page, ("token", token), ("do", "ack"))).ShouldBe(HttpStatusCode.SeeOther);
        foreach (var fields in new (string, string)[][]
        {
            [("do", "update"), ("text", "We look.\r\nAnd wait.")], [("do", "eta"), ("eta", "7200"), ("eta-text", "It takes longer.")], [("do", "severity"), ("severity", "sev1"), ("severity-text", "It is worse.")], [("do", "mitigate"), ("text", "Switched over.")],
            [("do", "resolve"), ("text", "Repaired.")],
        })
        {
            (await ops.PostAsync(page, [.. fields, ("token", token)])).ShouldBe(HttpStatusCode.SeeOther, fields[0].Item2);
        }

        (await ops.PostAsync(page, ("token", token), ("do", "close"), ("text", "Done."))).ShouldBe(HttpStatusCode.Conflict);
        ops.Body.ShouldContain("Its postmortem is missing.");
    }

    private static async Task ClosedAsync(Browser ops, Browser root, string page)
    {
        await ops.GetAsync(page);
        (await ops.PostAsync(
            page + "/postmortem", ("token", ops.Field("token")), ("version", "0"), ("summary", "s"), ("impact", "i"), ("happened", new string('t', 8_000)), ("causes", "c"), ("text-1", "A test."), ("kind-1", "test"), ("owner-1", "ops"),
            ("due-1", "2027-01-31"), ("test-1", "RouteTests.None"), ("failed-1", "17"), ("passed-1", "18"), ("text-2", ""))).ShouldBe(HttpStatusCode.SeeOther);
        await ops.GetAsync(page);
        (await ops.PostAsync(page, ("token", ops.Field("token")), ("do", "approve"), ("version", ops.Field("version")))).ShouldBe(HttpStatusCode.Conflict);
        ops.Body.ShouldContain("approved by somebody who has not written in it");
        await root.GetAsync(page);
        (await root.PostAsync(page, ("token", root.Field("token")), ("do", "approve"), ("version", root.Field("version")))).ShouldBe(HttpStatusCode.SeeOther);
        await ops.GetAsync(page);
        (await ops.PostAsync(page, ("token", ops.Field("token")), ("do", "close"), ("text", "Learnt."))).ShouldBe(HttpStatusCode.SeeOther);
        await ops.GetAsync(page);
        ops.Body.ShouldContain("2027-01-31");
    }
}
