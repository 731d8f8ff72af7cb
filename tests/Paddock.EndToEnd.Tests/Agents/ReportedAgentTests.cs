using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Paddock.EndToEnd.Tests.Hosting;
using Paddock.Simulator;

namespace Paddock.EndToEnd.Tests.Agents;

/// <summary>A real agent commits, and what source control reports of the commit becomes of its task.</summary>
public sealed class ReportedAgentTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task What_codex_committed_is_known_by_its_commit() => ProveAsync(AgentRecipes.Codex);

    [Fact, Trait("In", "soak")]
    public Task What_cline_committed_is_known_by_its_commit() => ProveAsync(AgentRecipes.Cline);

    [Fact, Trait("In", "soak")]
    public Task What_opencode_committed_is_known_by_its_commit() => ProveAsync(AgentRecipes.OpenCode);

    private static async Task ProveAsync(AgentRecipe recipe)
    {
        using var home = new AgentHome();
        _ = new PushedRepository(home);
        await using var provider = await SimulatedProvider.StartAsync(new() { Command = "git -c user.name=t -c user.email=t@t.example commit --allow-empty -m 'Add the till'" }, Cancellation);
        await using var paddock = await ServedPaddock.StartAsync(provider, home.WriteBeside("release/none.yaml", "# nothing but the starter's"), Cancellation);
        var key = await paddock.CreateKeyAsync("alice", recipe.KeyOptions, Cancellation);

        var end = await recipe.RunAsync(home, new(paddock.Url, key, "paddock-sim"), "Commit it.", Cancellation);

        end.ExitCode.ShouldBe(0, end.Output);
        var task = (await paddock.CallsAsync(recipe.Agent, Cancellation))[0].Task!; // all are of one
        (await paddock.TaskAsync(task, Cancellation)).State.ShouldBe("claimed_complete");
        var head = (await File.ReadAllTextAsync(Path.Combine(home.Work, ".git", "refs", "heads", "main"), Cancellation)).Trim();

        (await ReportAsync(paddock.Url, head, "another secret of theirs")).ShouldBe((HttpStatusCode.Unauthorized, true));
        var (status, said) = await ReportAsync(paddock.Url, head, ServedPaddock.ScmSecret);
        (status, said).ShouldBe((HttpStatusCode.OK, true));
        await Eventually.IsAsync(async () => (await paddock.TaskAsync(task, Cancellation)) is { State: "accepted", Source: "ci" }, () => "The task is not accepted.", Cancellation);
    }

    /// <returns>Whether it was about one task, or said why not.</returns>
    private static async Task<(HttpStatusCode Status, bool IsRight)> ReportAsync(string url, string commit, string secret)
    {
        var body = Encoding.UTF8.GetBytes($$$"""{"action":"completed","check_suite":{"conclusion":"success","head_sha":"{{{commit}}}"} }""");
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, url + "/scm/v1/github") { Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } };
        request.Headers.Add("X-GitHub-Event", "check_suite");
        request.Headers.Add("X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body)));
        using var answer = await http.SendAsync(request, Cancellation);
        var said = await answer.Content.ReadAsStringAsync(Cancellation);
        return (answer.StatusCode, answer.IsSuccessStatusCode ? said == """{"verdicts":1,"known":1}""" : said.Contains("paddock:bad-signature", StringComparison.Ordinal));
    }
}
