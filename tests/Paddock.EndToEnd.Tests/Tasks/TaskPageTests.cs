using System.Net;
using System.Text.RegularExpressions;
using Paddock.Control;
using Paddock.Control.Identity;
using Paddock.Core.Audit;
using Paddock.Core.Tasks;
using Paddock.EndToEnd.Tests.Approvals;
using Paddock.EndToEnd.Tests.Hosting;
using Paddock.EndToEnd.Tests.Identity;

namespace Paddock.EndToEnd.Tests.Tasks;

/// <summary>Tasks on the console over real HTTP, as a browser without scripts meets them.</summary>
public partial class TaskPageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_developer_finds_their_own_task_and_accepts_it_and_the_log_can_prove_that()
    {
        await using var served = await ServedPeople.StartAsync();
        using var ada = await served.SignedInAsync("ada");
        using var root = await served.SignedInAsync("root", "admin");
        await WorkAsync(served, "ada");

        (await ada.GetAsync("/tasks")).ShouldBe(HttpStatusCode.OK);
        ada.Body.ShouldContain("Your tasks");
        var path = TaskPath().Match(ada.Body).Groups["path"].Value;
        (await ada.GetAsync(path)).ShouldBe(HttpStatusCode.OK);
        ada.Body.ShouldContain("done, says the agent");
        ada.Body.ShouldContain("gpt-5");
        (await ada.PostAsync(path, ("token", ada.Field("token")), ("verdict", "accepted"), ("reason", "reads <b>well</b>"))).ShouldBe(HttpStatusCode.SeeOther);
        (await ada.GetAsync(ada.Location!)).ShouldBe(HttpStatusCode.OK);
        ada.Body.ShouldContain("Accepted: it counts as succeeded.");
        ada.Body.ShouldContain("reads &lt;b&gt;well&lt;/b&gt;");

        var entry = (await served.Get<IEntryReader>().ListAsync(new() { Ref = path.Split('/')[^1] }, Cancellation)).Entries.ShouldHaveSingleItem();
        await Eventually.IsAsync(async () => await root.GetAsync($"/audit-log/{entry.Id:D}") is HttpStatusCode.OK && root.Body.Contains("c2sp.org/tlog-proof", StringComparison.Ordinal), () => root.Body, Cancellation);
        root.Body.ShouldContain("task.verdict");
        (await ada.GetAsync($"/audit-log/{entry.Id:D}")).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Somebody_elses_task_is_not_there_and_a_form_from_elsewhere_does_nothing()
    {
        await using var served = await ServedPeople.StartAsync();
        using var ada = await served.SignedInAsync("ada");
        using var bob = await served.SignedInAsync("bob");
        var task = await WorkAsync(served, "ada");

        (await bob.GetAsync("/tasks?user=ada")).ShouldBe(HttpStatusCode.OK);
        bob.Body.ShouldNotContain(task);
        (await bob.GetAsync($"/tasks/{task}")).ShouldBe(HttpStatusCode.NotFound);
        await bob.GetAsync("/tasks");
        (await bob.PostAsync($"/tasks/{task}", ("token", bob.Field("token")), ("verdict", "rejected"))).ShouldBe(HttpStatusCode.NotFound);
        (await ada.PostAsync($"/tasks/{task}", ("token", "none"), ("verdict", "rejected"))).ShouldBe(HttpStatusCode.Forbidden);
        using var nobody = new Browser(served.Url);
        (await nobody.GetAsync($"/tasks/{task}")).ShouldBe(HttpStatusCode.Unauthorized);
        nobody.Body.ShouldNotContain("gpt-5");
        (await served.Get<ITasks>().VerdictsAsync(task, Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_few_cases_say_is_not_shown_and_what_would_help_is_said()
    {
        await using var served = await ServedPeople.StartAsync();
        using var root = await served.SignedInAsync("root", "admin");
        await WorkAsync(served, "ada");

        (await root.GetAsync("/")).ShouldBe(HttpStatusCode.OK);

        root.Body.ShouldContain("n = 1<");
        root.Body.ShouldContain("Too few to tell: it takes 20.");
        root.Body.ShouldContain("href=\"/?window=30d\"");
        root.Body.ShouldNotContain("100 %");
        (await root.GetAsync("/?by=mode")).ShouldBe(HttpStatusCode.OK);
        root.Body.ShouldContain("it is of fewer than 5 people");
    }

    [Fact]
    public async Task What_a_model_names_is_text_on_the_page_and_never_markup()
    {
        await using var served = await ServedPeople.StartAsync();
        using var root = await served.SignedInAsync("root", "admin");
        var key = await KeyAsync(served, "ada");
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new(served.Url), DefaultRequestHeaders = { Authorization = new("Bearer", key) } };
        http.DefaultRequestHeaders.Add("X-Paddock-Mode", "<script>alert(1)</script>");
        using var answer = await http.PostAsync("/v1/chat/completions", new StringContent("""{"model":"gpt-5","messages":[{"role":"user","content":"hello"}]}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")), Cancellation);
        await served.Get<ITasks>().FlushAsync(Cancellation);

        foreach (var path in new[] { "/tasks", "/?by=mode", "/tasks?mode=%3Cscript%3E" })
        {
            (await root.GetAsync(path)).ShouldBe(HttpStatusCode.OK);
            root.Body.ShouldNotContain("<script", Case.Insensitive, path);
        }
    }

    /// <summary>Somebody's agent makes one call.</summary>
    /// <returns>The task's id.</returns>
    private static async Task<string> WorkAsync(ServedPeople served, string who)
    {
        await served.ShouldAnswerAsync(await KeyAsync(served, who), HttpStatusCode.OK);
        await served.Get<ITasks>().FlushAsync(Cancellation);
        return (await served.Get<ITasks>().ListAsync(new(), Cancellation)).ShouldHaveSingleItem().Task.Id;
    }

    private static async Task<string> KeyAsync(ServedPeople served, string who) =>
        (await served.Get<CreateKey>().RunAsync(Actor.Local, new() { Name = "agent", User = who, Models = true }, Cancellation)).ShouldBeOfType<Outcome<NewKey>.Done>().Value.Token;

    [GeneratedRegex("href=\"(?<path>/tasks/task_[0-9a-f]{32})\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TaskPath();
}
