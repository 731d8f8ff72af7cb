using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Agents;
using Paddock.Core.Agents;
using Paddock.Core.Releases;
using Paddock.Core.Snapshot;
using Paddock.Gateway.Tests.Rig;

namespace Paddock.Gateway.Tests.Decide;

/// <summary>Model calls of people for whom a team profile holds.</summary>
public sealed class TeamProfileTests
{
    private const string Answer = """{"id":"c1","object":"chat.completion","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1}}""";

    private const string Modes = "modes: {preferred: [architect, code], forbidden: [orchestrator]}";

    private const string Models = "models: {classes: {deep: [large], quick: [small, fallback]}, default: quick}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("orchestrator", "The team profile 'developers' forbids the mode 'orchestrator'. Switch to one of these: architect, code.")]
    [InlineData("strange", "The team profile 'developers' does not know the mode 'strange'. Switch to one of these: architect, code.")]
    [InlineData(null, "The team profile 'developers' takes no calls that say no mode. Update the agent, or have a key made that states the mode.")]
    public async Task A_mode_that_the_profile_does_not_take_is_refused_before_anything_is_sent(string? mode, string message)
    {
        await using var gateway = await StartAsync(Modes);

        var (status, body) = await AskAsync(gateway, mode, "small");

        status.ShouldBe(HttpStatusCode.Forbidden);
        var error = JsonElement.Parse(body).GetProperty("error");
        error.GetProperty("code").GetString().ShouldBe("mode_not_allowed");
        error.GetProperty("message").GetString().ShouldBe(message);
        gateway.Upstream.Seen.ShouldBeEmpty();
        var row = await gateway.Ledger.NextAsync(Cancellation);
        (row.Opening.Mode, row.Closing!.ErrorClass).ShouldBe((mode, "mode_not_allowed"));
    }

    [Fact]
    public async Task A_mode_the_key_is_pinned_to_holds_whatever_the_call_says()
    {
        await using var gateway = await StartAsync(Modes);
        var (token, _) = gateway.Identities.AddKey(new() { Models = true, PinnedMode = "orchestrator" });

        (await AskAsync(gateway, "code", "small", token: token)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("architect", "large", null)]
    [InlineData("architect", "small", "does not have the mode 'architect' work with the model 'small'. Ask for one of these: large.")]
    [InlineData("code", "small", null)]
    [InlineData("code", "fallback", null)]
    [InlineData("code", "large", "does not have the mode 'code' work with the model 'large'. Ask for one of these: small, fallback.")]
    [InlineData(null, "large", null)]
    [InlineData(null, "tiny", "does not have anybody work with the model 'tiny'. Ask for one of these: large, small, fallback.")]
    public async Task A_mode_works_with_the_models_of_its_class_and_no_mode_with_those_of_any(string? mode, string model, string? message)
    {
        await using var gateway = await StartAsync("modes: {preferred: [architect, code], missing: allow}\n" + Models);

        var (status, body) = await AskAsync(gateway, mode, model);

        status.ShouldBe(message is null ? HttpStatusCode.OK : HttpStatusCode.Forbidden, body);
        if (message is not null)
        {
            var error = JsonElement.Parse(body).GetProperty("error");
            (error.GetProperty("code").GetString(), error.GetProperty("param").GetString()).ShouldBe(("model_not_allowed", "model"));
            error.GetProperty("message").GetString().ShouldBe("The team profile 'developers' " + message);
        }
    }

    [Fact]
    public async Task A_call_of_a_task_that_says_no_mode_is_in_the_one_the_task_last_said()
    {
        await using var gateway = await StartAsync(Modes + "\n" + Models);

        (string? Says, string Model, string Task, HttpStatusCode Status, string? Mode)[] calls =
        [
            ("code", "small", "t1", HttpStatusCode.OK, "code"), (null, "small", "t1", HttpStatusCode.OK, "code"), (null, "large", "t1", HttpStatusCode.Forbidden, "code"),
            ("architect", "large", "t1", HttpStatusCode.OK, "architect"), (null, "large", "t1", HttpStatusCode.OK, "architect"), (null, "large", "t2", HttpStatusCode.Forbidden, null),
        ];

        foreach (var call in calls)
        {
            (await AskAsync(gateway, call.Says, call.Model, task: call.Task)).Status.ShouldBe(call.Status);
            (await gateway.Ledger.NextAsync(Cancellation)).Opening.Mode.ShouldBe(call.Mode);
        }

        gateway.Remembered.Asked.ShouldBe(1); // of t2 nothing was said here
    }

    [Fact]
    public async Task What_another_process_heard_the_ledger_knows_and_while_it_is_away_no_mode_was_said()
    {
        await using var gateway = await StartAsync(Modes);

        gateway.Remembered.Away = true;
        (await AskAsync(gateway, null, "small", task: "t1")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (gateway.Remembered.Away, gateway.Remembered.Mode) = (false, "code");
        (await AskAsync(gateway, null, "small", task: "t1")).Status.ShouldBe(HttpStatusCode.OK);
        (await AskAsync(gateway, null, "small", task: "t1")).Status.ShouldBe(HttpStatusCode.OK);
        gateway.Remembered.Asked.ShouldBe(2);
    }

    [Fact]
    public async Task Nothing_is_looked_up_where_no_profile_says_anything_of_modes()
    {
        await using var gateway = await StartAsync(Models + "\nfor: {users: [dev]}");
        var (other, _) = gateway.Identities.AddKey(new() { Models = true }, "bob");

        (await AskAsync(gateway, null, "large", task: "t1")).Status.ShouldBe(HttpStatusCode.OK);
        (await AskAsync(gateway, "orchestrator", "large", task: "t1")).Status.ShouldBe(HttpStatusCode.OK);
        (await AskAsync(gateway, null, "tiny", task: "t1", token: other)).Status.ShouldBe(HttpStatusCode.OK);

        gateway.Remembered.Asked.ShouldBe(0);
    }

    [Theory]
    [InlineData(Models, "fallback, large, small")]
    [InlineData("models: {classes: {deep: [large]}, default: deep, others: allow}", "large, small, tiny")]
    [InlineData("models: {classes: {deep: [fallback]}, default: deep, others: allow}", "fallback, large, small, tiny")]
    [InlineData("output: short", "large, small, tiny")]
    public async Task Model_lists_have_what_may_be_asked_for_and_the_routes_that_are_offered(string profile, string listed)
    {
        await using var gateway = await StartAsync(profile);

        (await ListAsync(gateway)).ShouldBe(listed);
    }

    [Fact]
    public async Task A_key_that_is_pinned_to_a_mode_is_shown_the_models_of_that_mode()
    {
        await using var gateway = await StartAsync(Modes + "\n" + Models);
        var (token, _) = gateway.Identities.AddKey(new() { Models = true, PinnedMode = "architect" });

        (await ListAsync(gateway, token)).ShouldBe("large");
    }

    private static Task<GatewayUnderTest> StartAsync(string profile) => GatewayUnderTest.StartAsync(new()
    {
        Dialects = [.. new ServiceCollection().AddAgents().BuildServiceProvider().GetServices<IAgentDialect>()],
        Snapshot = address => SnapshotBuilder.Build(ReleaseLoader.Load([new("a.yaml", Documents(address, profile))]).ShouldBeOfType<LoadOutcome.Loaded>().Content),
    });

    private static string Documents(Uri address, string profile) => string.Concat(
        Document("Provider", "p", $"wires: [openai-chat]\nbaseUrl: {address}up\nauth: {{scheme: none}}"),
        Document("Model", "large", "provider: p") + Document("Model", "small", "provider: p") + Document("Model", "tiny", "provider: p"),
        Document("ModelRoute", "fallback", "targets: [{provider: p, model: small}]") + Document("Mode", "code", "name: C\nrole: You code.\ngroups: [read, edit]\nmarketplace: true"),
        Document("Mode", "architect", "name: A\nrole: You plan.\ngroups: [read]\nmarketplace: true" + (profile.Contains("deep", StringComparison.Ordinal) ? "\nmodelClass: deep" : "")) + Document("TeamProfile", "developers", profile));

    private static string Document(string kind, string name, string spec) =>
        $"---\napiVersion: paddock/v1alpha1\nkind: {kind}\nmetadata: {{name: {name}, owner: tests}}\nspec:\n  {spec.Replace("\n", "\n  ", StringComparison.Ordinal)}\n";

    private static async Task<(HttpStatusCode Status, string Body)> AskAsync(GatewayUnderTest gateway, string? mode, string model, string? task = null, string? token = null)
    {
        gateway.Upstream.Scripts.Clear();
        gateway.Upstream.Scripts.Enqueue(Answers.Json(Answer));
        using var http = gateway.Client(token ?? gateway.Token);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent($$"""{"model":"{{model}}","messages":[{"role":"user","content":"hi"}]}""", Encoding.UTF8, "application/json") };
        foreach (var (name, value) in ((string, string?)[])[("X-Paddock-Mode", mode), ("X-Paddock-Task", task)])
        {
            _ = value is null || request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await http.SendAsync(request, Cancellation);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    private static async Task<string> ListAsync(GatewayUnderTest gateway, string? token = null)
    {
        using var http = gateway.Client(token ?? gateway.Token);
        var list = JsonElement.Parse(await http.GetStringAsync("/v1/models", Cancellation));
        return string.Join(", ", list.GetProperty("data").EnumerateArray().Select(static model => model.GetProperty("id").GetString()));
    }
}
