using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Agents;
using Paddock.Core.Agents;
using Paddock.Core.Models;
using Paddock.Core.Tasks;
using Paddock.Gateway.Tests.Rig;

namespace Paddock.Gateway.Tests.Tasks;

/// <summary>Rules over what is kept of tasks: limits, taint, counters.</summary>
public sealed class KeptFactTests
{
    private const string Policies = """
        apiVersion: paddock/v1alpha1
        kind: Policy
        metadata: {name: small, owner: tests}
        spec:
          rules:
          - id: files
            when: task.files >= 2
            match: {classes: [edit]}
            effect: deny
            because: This task has changed enough
            tests: [{match: {call.class: edit, task.files: 2}}, {notMatch: {call.class: edit, task.files: 1}}]
          - id: turns
            when: task.turns > 3 || task.subtasks >= 1 && call.class == "subtask"
            effect: deny
            because: This task is too long
            tests: [{match: {call.class: read, task.turns: 4}}, {notMatch: {call.class: read, task.turns: 3}}]
          - id: spend
            when: task.spend > 0.1
            match: {classes: [read]}
            effect: deny
            because: This task has cost enough
            tests: [{match: {call.class: read, task.spend: 0.2}}, {notMatch: {call.class: read, task.spend: 0.1}}]
          - id: no-network-after-secrets
            match: {commands: [[curl]]}
            when: '"read_secret" in task.taint'
            effect: deny
            because: A secret was read
            tests: [{match: curl example.com, with: {task.taint: [read_secret]}}, {notMatch: curl example.com}]
          - id: pace
            match: {classes: [command]}
            when: counters.mutations5m >= 6
            effect: deny
            because: Not so fast
            tests: [{match: ls, with: {counters.mutations5m: 6}}, {notMatch: ls}]
        ---
        apiVersion: paddock/v1alpha1
        kind: PolicyBinding
        metadata: {name: small, owner: tests}
        spec: {policy: small, enforcement: enforce}
        """;

    private static readonly MadeCall curl = Bash("curl https://example.com");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_secret_that_was_read_blocks_a_later_download_also_in_the_same_answer_and_in_another_task()
    {
        await using var gateway = await StartAsync();

        (await AskAsync(gateway, "one", curl)).ShouldBe(["passes"]);
        (await AskAsync(gateway, "one", Bash("cat .env"), curl)).ShouldBe(["passes", "A secret was read"]);
        (await AskAsync(gateway, "two", curl)).ShouldBe(["A secret was read"]);
    }

    [Fact]
    public async Task What_was_refused_taints_nothing_and_counts_for_nothing()
    {
        await using var gateway = await StartAsync();

        (await AskAsync(gateway, "one", Edit("a"), Edit("a"), Edit("b"), Edit("c"), Edit("d"))).ShouldBe(["passes", "passes", "passes", "This task has changed enough", "This task has changed enough"]);

        var last = gateway.Decisions.All[^1].Inputs.ShouldNotBeNull();
        last.Numbers["task.files"].ShouldBe(2);
        last.Numbers["counters.mutations5m"].ShouldBe(3);
    }

    [Fact]
    public async Task Files_turns_and_subtasks_are_the_tasks_own_and_the_pace_is_the_persons()
    {
        await using var gateway = await StartAsync();

        (await AskAsync(gateway, "one", Edit("a"), Edit("b"))).ShouldBe(["passes", "passes"]);
        (await AskAsync(gateway, "two", Edit("c"), new MadeCall("", "task", """{"prompt":"x"}""", []), new MadeCall("", "task", """{"prompt":"x"}""", []))).ShouldBe(["passes", "passes", "This task is too long"]);
        (await AskAsync(gateway, "one", Bash("ls"), Bash("ls"), Bash("ls"), Bash("ls"))).ShouldBe(["passes", "passes", "passes", "Not so fast"]);
        await AskAsync(gateway, "one");
        (await AskAsync(gateway, "one", new MadeCall("", "read", """{"filePath":"a"}""", []))).ShouldBe(["This task is too long"]);
    }

    [Fact]
    public async Task Spend_is_that_of_the_calls_that_have_ended()
    {
        await using var gateway = await StartAsync();
        gateway.Remembered.Task = new() { SpentNanoUsd = 99_999_999 };
        var read = new MadeCall("", "read", """{"filePath":"a"}""", []);

        (await AskAsync(gateway, "one", read)).ShouldBe(["passes"]);
        (await AskAsync(gateway, "one", read)).ShouldBe(["This task has cost enough"]);
    }

    [Fact]
    public async Task What_was_kept_before_a_restart_is_recalled_once_and_counts()
    {
        await using var gateway = await StartAsync();
        var now = DateTimeOffset.UtcNow;
        gateway.Remembered.Task = new() { Turns = 1, Steps = [new("dec_1", now, new() { Files = ["x", "y"] })] };
        gateway.Remembered.Principal = [new("dec_0", now.AddHours(-5), new() { Taint = [TaintLabels.ReadSecret] })];

        (await AskAsync(gateway, "one", Edit("x"), curl)).ShouldBe(["This task has changed enough", "A secret was read"]);
        await AskAsync(gateway, "one");

        gateway.Remembered.Asked.ShouldBe(1);
    }

    [Fact]
    public async Task While_nothing_can_be_recalled_what_rules_would_limit_is_refused_and_afterwards_it_is_not()
    {
        await using var gateway = await StartAsync();
        gateway.Remembered.Away = true;

        (await AskAsync(gateway, "one", Edit("a"))).ShouldBe(["This task has changed enough"]);
        gateway.Remembered.Away = false;

        (await AskAsync(gateway, "one", Edit("a"))).ShouldBe(["passes"]);
    }

    [Fact]
    public async Task Nobody_is_asked_to_remember_where_no_rule_looks()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();

        await AskAsync(gateway, "one", curl);

        gateway.Remembered.Asked.ShouldBe(0);
    }

    private static MadeCall Bash(string command) => new("", "bash", $$"""{"command":"{{command}}"}""", []);

    private static MadeCall Edit(string path) => new("", "edit", $$"""{"filePath":"{{path}}"}""", []);

    private static Task<GatewayUnderTest> StartAsync() => GatewayUnderTest.StartAsync(new()
    {
        Dialects = [.. new ServiceCollection().AddAgents().BuildServiceProvider().GetServices<IAgentDialect>()],
        Snapshot = address => Snapshots.Of([Snapshots.Provider("main", address)]).Under(Policies),
    });

    /// <returns>For each call: passes, or why it was refused.</returns>
    private static async Task<string[]> AskAsync(GatewayUnderTest gateway, string session, params MadeCall[] calls)
    {
        var made = calls.Select((call, number) => call with { Id = $"{session}_{Guid.NewGuid():N}_{number}" }).ToArray();
        gateway.Upstream.Scripts.Clear();
        gateway.Upstream.Scripts.Enqueue(Answers.Stream(string.Concat(ToolStreams.Write(Wire.OpenAiChat, made, "text").Select(one => one.Write("\n")))));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent("""{"model":"m","stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"go"}]}""", Encoding.UTF8, "application/json") };
        request.Headers.UserAgent.ParseAdd("opencode/1.18.33");
        request.Headers.Add("x-session-id", session);
        using var answer = await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        var told = ToolClient.Read(Wire.OpenAiChat, await answer.Content.ReadAsStringAsync(Cancellation), stream: true).Calls().ToList();
        await gateway.Ledger.NextAsync(Cancellation); // it is closed, and what it cost is known
        return [.. told.Zip(made, (said, call) => said == $"{call.Id} {call.Name} {call.Arguments}" ? "passes" : Because(said))];
    }

    private static string Because(string said) => new[] { "This task has changed enough", "This task is too long", "This task has cost enough", "A secret was read", "Not so fast" }.FirstOrDefault(reason => said.Contains(reason, StringComparison.Ordinal), said);
}
