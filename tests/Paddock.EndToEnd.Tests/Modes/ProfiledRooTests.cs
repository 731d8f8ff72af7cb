using System.Net;
using System.Text.Json;
using Paddock.EndToEnd.Tests.Approvals;
using Paddock.EndToEnd.Tests.Identity;

namespace Paddock.EndToEnd.Tests.Modes;

/// <summary>People whom a team profile is for, with Roo Code. What the client does not hold itself to, the gateway does.</summary>
public sealed class ProfiledRooTests : IAsyncLifetime
{
    private const string Documents = """
        apiVersion: paddock/v1alpha1
        kind: Model
        metadata: {name: large, owner: tests}
        spec: {provider: simulated}
        ---
        apiVersion: paddock/v1alpha1
        kind: Model
        metadata: {name: small, owner: tests}
        spec: {provider: simulated}
        ---
        apiVersion: paddock/v1alpha1
        kind: Model
        metadata: {name: tiny, owner: tests}
        spec: {provider: simulated}
        ---
        apiVersion: paddock/v1alpha1
        kind: Mode
        metadata: {name: architect, owner: tests}
        spec: {name: Architect, role: You plan., groups: [read, edit], edits: {fileRegex: '\.md$', description: Markdown}}
        ---
        apiVersion: paddock/v1alpha1
        kind: Mode
        metadata: {name: code, owner: tests}
        spec: {name: Code, role: You code., groups: [read, edit, command], modelClass: deep}
        ---
        apiVersion: paddock/v1alpha1
        kind: TeamProfile
        metadata: {name: planners, owner: tests}
        spec:
          for: {users: [ada]}
          modes: {preferred: [architect, code], forbidden: [orchestrator]}
          models: {classes: {deep: [large], quick: [small]}, default: quick}
        """;

    private readonly Dictionary<string, string> tokens = [];
    private ServedPeople served = null!; // set before each test
    private HttpClient http = null!; // as the server

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        served = await ServedPeople.StartAsync(documents: Documents);
        http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new(served.Url) };
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await served.DisposeAsync();
    }

    [Fact]
    public async Task An_architect_edits_markdown_and_no_code()
    {
        var allowed = RooRequests.CallsIn(await AskAsync("ada", "architect", RooRequests.Calls("write_to_file", """{"path":"docs/plan.md","content":"x"}"""))).ShouldHaveSingleItem();
        (allowed.Name, allowed.Arguments).ShouldBe(("write_to_file", """{"path":"docs/plan.md","content":"x"}"""));

        var refused = RooRequests.CallsIn(await AskAsync("ada", "architect", RooRequests.Calls("write_to_file", """{"path":"src/a.cs","content":"x"}"""))).ShouldHaveSingleItem();
        refused.Arguments.ShouldContain("The mode Architect changes only files that match");
        refused.Arguments.ShouldNotContain("src/a.cs");
    }

    [Theory]
    [InlineData("orchestrator", "[Paddock] The team profile 'planners' forbids the mode 'orchestrator'. Switch to one of these: architect, code.")]
    [InlineData("debug", "[Paddock] The team profile 'planners' does not know the mode 'debug'. Switch to one of these: architect, code.")]
    public async Task A_mode_that_is_not_the_teams_is_told_as_a_turn_that_ends_the_task(string mode, string said)
    {
        var call = RooRequests.CallsIn(await AskAsync("ada", mode)).ShouldHaveSingleItem();

        call.Name.ShouldBe("attempt_completion");
        JsonElement.Parse(call.Arguments).GetProperty("result").GetString().ShouldBe(said);
    }

    [Fact]
    public async Task A_mode_works_with_its_own_models_and_the_list_has_those_of_all_modes()
    {
        (await AskAsync("ada", "code", model: "large")).ShouldContain("done");
        (await AskAsync("ada", "code", model: "small")).ShouldContain("does not have the mode 'code' work with the model 'small'");
        (await ModelsAsync("ada")).ShouldBe(["large", "small"]);
    }

    [Fact]
    public async Task A_context_is_condensed_in_the_mode_of_its_task_and_an_enhanced_prompt_has_none()
    {
        (await AskAsync("ada", null)).ShouldContain("takes no calls that say no mode");
        (await AskAsync("ada", "architect")).ShouldContain("done");
        (await AskAsync("ada", null)).ShouldContain("done");
        using var answer = await http.SendAsync(RooRequests.EnhancePrompt(await TokenAsync("ada")), Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancellation)).GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString().ShouldNotBeNull().ShouldContain("takes no calls that say no mode");
    }

    [Fact]
    public async Task The_command_line_never_asks_for_settings_and_is_held_to_them_all_the_same()
    {
        using (var asked = new HttpRequestMessage(HttpMethod.Get, "/roo/api/extension-settings") { Headers = { Authorization = new("Bearer", await TokenAsync("ada")) } })
        using (var answer = await http.SendAsync(asked, Cancellation))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden); // its token is for the proxy alone
        }

        (await AskAsync("ada", "architect", model: "tiny")).ShouldContain("does not have the mode 'architect' work with the model 'tiny'");
        RooRequests.CallsIn(await AskAsync("ada", "architect", RooRequests.Calls("execute_command", """{"command":"make"}"""))).ShouldHaveSingleItem().Arguments.ShouldContain("does not have the group command");
    }

    [Fact]
    public async Task Somebody_without_a_profile_works_as_before()
    {
        foreach (var (mode, model) in ((string?, string)[])[("orchestrator", "tiny"), ("debug", "small"), (null, "large")])
        {
            (await AskAsync("bob", mode, model: model)).ShouldContain("done");
        }

        RooRequests.CallsIn(await AskAsync("bob", "architect", RooRequests.Calls("write_to_file", """{"path":"src/a.cs","content":"x"}"""))).ShouldHaveSingleItem().Name.ShouldBe("write_to_file");
        (await ModelsAsync("bob")).ShouldBe(["large", "small", "tiny"]);
    }

    private async Task<string> AskAsync(string user, string? mode, string? script = null, string model = "small")
    {
        using var answer = await http.SendAsync(RooRequests.Turn(await TokenAsync(user), mode, script, model), Cancellation);
        var body = await answer.Content.ReadAsStringAsync(Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        return body;
    }

    private async Task<IReadOnlyList<string>> ModelsAsync(string user)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/roo/proxy/v1/models") { Headers = { Authorization = new("Bearer", await TokenAsync(user)) } };
        using var answer = await http.SendAsync(request, Cancellation);
        return [.. JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancellation)).GetProperty("data").EnumerateArray().Select(static model => model.GetProperty("id").GetString() ?? "")];
    }

    /// <summary>The token of a session of Roo Code's command line.</summary>
    private async Task<string> TokenAsync(string user)
    {
        if (!tokens.TryGetValue(user, out var token))
        {
            using var browser = await served.SignedInAsync(user);
            var ask = $"/roo/cli/sign-in?state={Guid.NewGuid():N}&callback=http%3A%2F%2F127.0.0.1%3A49200%2Fcallback";
            await browser.GetAsync(ask);
            (await browser.PostAsync(ask, ("token", browser.Field("token")), ("answer", "yes"))).ShouldBe(HttpStatusCode.OK);
            tokens[user] = token = browser.Last.Headers.GetValues("Refresh").Single().Split("&token=")[1];
        }

        return token;
    }
}
