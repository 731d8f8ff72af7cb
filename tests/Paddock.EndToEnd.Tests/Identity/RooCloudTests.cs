using System.Net;
using System.Net.Http.Headers;
using Paddock.Core.Ledger;
using Paddock.Core.Tasks;
using Paddock.EndToEnd.Tests.Approvals;
using static Paddock.EndToEnd.Tests.Identity.RooClient;

namespace Paddock.EndToEnd.Tests.Identity;

/// <summary>What an editor that signed in asks of its cloud, through the whole server. What it tells of a task is kept beside the task's calls, for its owner's task alone.</summary>
public sealed class RooCloudTests : IAsyncLifetime
{
    private const string NativeTask = "019a209e-6456-7bf1-bb1a-ec7c0feb806a";

    private ServedPeople served = null!; // before each test
    private HttpClient http = null!; // as the server

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => http = Client(served = await ServedPeople.StartAsync());

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await served.DisposeAsync();
    }

    [Fact]
    public async Task An_event_stands_with_the_calls_of_its_task_once_and_changes_nothing_of_them()
    {
        var token = await SignedInAsync("ada");
        var task = await CallAsync(token);
        var before = (await served.Get<ILedgerReader>().ListAsync(new(), Cancellation)).ShouldHaveSingleItem();

        (await TellAsync(token)).ShouldBe(HttpStatusCode.OK);
        (await TellAsync(token, retried: true)).ShouldBe(HttpStatusCode.OK);

        var told = (await served.Get<IAgentEvents>().ListAsync(task, 0, 10, Cancellation)).ShouldHaveSingleItem();
        (told.Type, told.NativeTask, told.Agent, told.Mode).ShouldBe(("Task Completed", NativeTask, "roo-code", "code"));
        told.Facts.ShouldNotContain("geheim");
        (await served.Get<ILedgerReader>().ListAsync(new(), Cancellation)).ShouldHaveSingleItem().ShouldBeEquivalentTo(before);
    }

    [Fact]
    public async Task Whoever_names_the_task_of_somebody_else_tells_of_a_task_of_their_own()
    {
        var task = await CallAsync(await SignedInAsync("ada"));

        (await TellAsync(await SignedInAsync("bob"))).ShouldBe(HttpStatusCode.OK);

        (await served.Get<IAgentEvents>().ListAsync(task, 0, 10, Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_signed_out_tells_nothing_any_more()
    {
        var token = await SignedInAsync("ada");
        await served.ChangeAsync("ada", new() { Disabled = true });

        (await TellAsync(token)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("/roo")]
    [InlineData("/roo/billing")]
    public async Task The_account_that_the_editor_opens_in_a_browser_is_ones_own_here(string page)
    {
        using var browser = await served.SignedInAsync("ada");

        (await browser.GetAsync(page)).ShouldBe(HttpStatusCode.Redirect);
        browser.Location.ShouldBe("/account");
    }

    private async Task<string> SignedInAsync(string name)
    {
        using var browser = await served.SignedInAsync(name);
        var (session, secret) = await RedeemAsync(http, Query(await YesAsync(browser, Ask(State())))["code"]);
        return (await SendAsync(http, HttpMethod.Post, $"/roo/clerk/v1/client/sessions/{session}/tokens", secret, ("_is_native", "1"))).GetProperty("jwt").GetString() ?? "";
    }

    /// <returns>The task, as Paddock names it.</returns>
    private async Task<string> CallAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/roo/proxy/v1/chat/completions")
        {
            Headers = { Authorization = new("Bearer", token) },
            Content = new StringContent("""{"model":"gpt-5","messages":[{"role":"user","content":"hello"}]}""", new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Add("X-Roo-App-Version", "3.52.1");
        request.Headers.Add("X-Roo-Task-ID", NativeTask);
        using var answer = await http.SendAsync(request, Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        await served.Get<ILedger>().FlushAsync(Cancellation);
        return (await served.Get<ILedgerReader>().ListAsync(new(), Cancellation)).Single().Opening.Task.ShouldNotBeNull();
    }

    private async Task<HttpStatusCode> TellAsync(string token, bool retried = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/roo/api/events")
        {
            Content = new StringContent(
                $$$"""
                {"type":"Task Completed","properties":{"appName":"roo-cline","appVersion":"3.52.1","vscodeVersion":"1.106.0","platform":"linux","editorName":"Visual Studio Code","language":"en",
                "mode":"code","cloudIsAuthenticated":true,"apiProvider":"roo","modelId":"gpt-5","isSubtask":false,"repositoryUrl":"https://u:geheim@git.example/acme/shop.git","taskId":"{{{NativeTask}}}"} }
                """, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        request.Headers.TryAddWithoutValidation("User-Agent", "node");
        if (retried)
        {
            request.Headers.Add("X-Retry-Queue", "true");
        }

        using var answer = await http.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }
}
