using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Paddock.Agents;
using Paddock.Core.Agents;
using Paddock.Core.Tasks;
using Paddock.Gateway.Tests.Rig;
using Paddock.Testing;

namespace Paddock.Gateway.Tests.Decide;

/// <summary>Model calls of tasks that go on for longer than the team profile lets them.</summary>
public sealed class StaleTaskTests
{
    private const string Answer = """{"id":"c1","object":"chat.completion","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1}}""";

    private readonly FakeTimeProvider time = new(new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_task_is_refused_when_it_has_gone_on_for_too_long_and_a_new_one_begins()
    {
        await using var gateway = await StartAsync("tasks: {contextWithin: 24h, stale: refuse}");
        (await AskAsync(gateway, "t1")).Status.ShouldBe(HttpStatusCode.OK);
        time.Advance(TimeSpan.FromHours(24));
        (await AskAsync(gateway, "t1")).Status.ShouldBe(HttpStatusCode.OK);
        time.Advance(TimeSpan.FromHours(24));

        var (status, body) = await AskAsync(gateway, "t1");

        status.ShouldBe(HttpStatusCode.Forbidden);
        var error = JsonElement.Parse(body).GetProperty("error");
        error.GetProperty("code").GetString().ShouldBe("stale_task");
        error.GetProperty("message").GetString().ShouldBe(
            "This task began 2 days ago, and the team profile 'developers' lets a task go on for 24 hours: much of what its context says may be out of date. Begin a new task, with a summary of what is still to do.");
        (await AskAsync(gateway, "t2")).Status.ShouldBe(HttpStatusCode.OK);
        var stale = gateway.Part<MemoryStaleTasks>().Noted.ShouldHaveSingleItem();
        (stale.Principal, stale.Agent, stale.NativeTask, stale.BeganAt, stale.Within).ShouldBe((gateway.Caller.Principal.Id, "own", "t1", new DateTimeOffset(2026, 3, 4, 12, 0, 0, TimeSpan.Zero), TimeSpan.FromHours(24)));
    }

    [Fact]
    public async Task Where_it_is_allowed_people_are_told_and_the_task_goes_on()
    {
        await using var gateway = await StartAsync("tasks: {contextWithin: 24h}");
        await AskAsync(gateway, "t1");
        time.Advance(TimeSpan.FromHours(25));

        (await AskAsync(gateway, "t1")).Status.ShouldBe(HttpStatusCode.OK);

        gateway.Part<MemoryStaleTasks>().Noted.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_another_process_served_counts_and_while_the_ledger_is_away_nobody_is_refused()
    {
        await using var gateway = await StartAsync("tasks: {contextWithin: 24h, stale: refuse}");
        gateway.Remembered.Task = new() { BeganAt = time.GetUtcNow().AddDays(-3) };
        gateway.Remembered.Away = true;
        (await AskAsync(gateway, "t1")).Status.ShouldBe(HttpStatusCode.OK);

        gateway.Remembered.Away = false;
        (await AskAsync(gateway, "t1")).Status.ShouldBe(HttpStatusCode.Forbidden);
        gateway.Remembered.Away = true;
        (await AskAsync(gateway, "t1")).Status.ShouldBe(HttpStatusCode.Forbidden, "it is known now");
    }

    [Fact]
    public async Task A_task_that_only_its_first_message_tells_apart_has_no_age_since_people_say_the_same_again()
    {
        await using var gateway = await StartAsync("tasks: {contextWithin: 24h, stale: refuse}");
        gateway.Remembered.Task = new() { BeganAt = time.GetUtcNow().AddDays(-3) };

        (await AskAsync(gateway, task: null)).Status.ShouldBe(HttpStatusCode.OK);
        gateway.Remembered.Asked.ShouldBe(0);
    }

    [Fact]
    public async Task Nothing_is_looked_up_where_no_profile_says_anything_of_tasks()
    {
        await using var gateway = await StartAsync("output: short");

        (await AskAsync(gateway, "t1")).Status.ShouldBe(HttpStatusCode.OK);

        gateway.Remembered.Asked.ShouldBe(0);
    }

    [Fact]
    public async Task Roo_Code_shows_it_as_a_turn_that_ends_the_task()
    {
        await using var gateway = await StartAsync("tasks: {contextWithin: 24h, stale: refuse}");
        gateway.Remembered.Task = new() { BeganAt = time.GetUtcNow().AddDays(-3) };

        var (status, body) = await AskAsync(gateway, "t1", "roo-code");

        (status, body.Contains("attempt_completion", StringComparison.Ordinal), body.Contains("Begin a new task", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.OK, true, true));
    }

    [Theory]
    [InlineData(30, "Refused by policy")]
    [InlineData(2, "hello")]
    [InlineData(null, "hello")]
    public async Task A_rule_decides_by_it_in_seconds(int? beganHoursAgo, string says)
    {
        await using var gateway = await StartAsync("output: short", """
            ---
            apiVersion: paddock/v1alpha1
            kind: Policy
            metadata: {name: fresh, owner: tests}
            spec:
              rules:
              - {id: no-old-context, when: task.contextAge > 86400, effect: deny, because: The context is too old, tests: [{match: ls, with: {task.contextAge: 86401}}, {notMatch: ls, with: {task.contextAge: 86400}}]}
            ---
            apiVersion: paddock/v1alpha1
            kind: PolicyBinding
            metadata: {name: fresh, owner: tests}
            spec: {policy: fresh, enforcement: enforce}

            """);
        gateway.Remembered.Task = new() { BeganAt = beganHoursAgo is { } ago ? time.GetUtcNow().AddHours(-ago) : null };
        var (_, caller) = gateway.Identities.AddKey(new() { Models = true, Tools = true });

        await gateway.Outside.DecideAsync(new() { Caller = caller, Task = new TaskFacts { Agent = "codex", NativeTask = "t1" }, Tool = "shell", Arguments = """{"command":["ls"]}"""u8.ToArray() }, Cancellation);

        var decision = gateway.Decisions.All[^1];
        decision.Rule.ShouldBe(says == "hello" ? null : "fresh/no-old-context");
        decision.Inputs.ShouldNotBeNull().Numbers.GetValueOrDefault("task.contextAge").ShouldBe((beganHoursAgo ?? 0) * 3600);
        decision.Inputs.Numbers.ContainsKey("task.contextAge").ShouldBe(beganHoursAgo is not null);
    }

    private Task<GatewayUnderTest> StartAsync(string profile, string more = "") => GatewayUnderTest.StartAsync(new()
    {
        Time = time,
        Dialects = [.. new ServiceCollection().AddAgents().BuildServiceProvider().GetServices<IAgentDialect>()],
        Snapshot = address => Profiled.By(address, profile, more),
    });

    private static async Task<(HttpStatusCode Status, string Body)> AskAsync(GatewayUnderTest gateway, string? task, string agent = "own")
    {
        gateway.Upstream.Scripts.Clear();
        gateway.Upstream.Scripts.Enqueue(Answers.Json(Answer));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = new StringContent("""{"model":"m","messages":[{"role":"user","content":"hi"}],"tools":[{"type":"function","function":{"name":"attempt_completion","parameters":{}}}]}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("X-Paddock-Agent", agent);
        _ = task is null || request.Headers.TryAddWithoutValidation("X-Paddock-Task", task);
        using var answer = await gateway.Http.SendAsync(request, Cancellation);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }
}
