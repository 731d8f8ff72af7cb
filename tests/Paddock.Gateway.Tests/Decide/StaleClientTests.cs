using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Paddock.Agents;
using Paddock.Core.Agents;
using Paddock.Core.Policies;
using Paddock.Core.Tasks;
using Paddock.Gateway.Tests.Rig;

namespace Paddock.Gateway.Tests.Decide;

/// <summary>Model calls of clients that go on without asking for their settings.</summary>
public sealed class StaleClientTests
{
    private const string Answer = """{"id":"c1","object":"chat.completion","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1}}""";

    private const string Refuses = "client: {stale: refuse, refreshWithin: 75m}";

    private readonly FakeTimeProvider time = new(new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_whose_time_ran_out_is_refused_where_the_profile_says_so_and_goes_on_after_a_refresh()
    {
        await using var gateway = await StartAsync(Refuses);
        await RefreshAsync(gateway, "own");
        time.Advance(TimeSpan.FromMinutes(75));
        (await AskAsync(gateway, agent: "own")).Status.ShouldBe(HttpStatusCode.OK);
        await gateway.Ledger.NextAsync(Cancellation);
        time.Advance(TimeSpan.FromHours(2));

        var (status, body) = await AskAsync(gateway, agent: "own");

        status.ShouldBe(HttpStatusCode.Forbidden);
        var error = JsonElement.Parse(body).GetProperty("error");
        error.GetProperty("code").GetString().ShouldBe("stale_client");
        error.GetProperty("message").GetString().ShouldBe(
            "This client was last given its settings 3 hours ago, and the team profile 'developers' takes calls only of clients that asked for them within 75 minutes. "
            + "Restart the editor, or reload its window; if that does not help, sign out in the extension and sign in again. A command line is started again.");
        (await gateway.Ledger.NextAsync(Cancellation)).Closing!.ErrorClass.ShouldBe("stale_client");

        await RefreshAsync(gateway, "own");
        (await AskAsync(gateway, agent: "own")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Roo_Code_shows_it_as_a_turn_that_ends_the_task()
    {
        await using var gateway = await StartAsync(Refuses);
        await RefreshAsync(gateway);
        time.Advance(TimeSpan.FromHours(3));

        var (status, body) = await AskAsync(gateway, path: "/roo/proxy/v1/chat/completions");

        status.ShouldBe(HttpStatusCode.OK);
        var call = JsonElement.Parse(body).GetProperty("choices")[0].GetProperty("message").GetProperty("tool_calls")[0].GetProperty("function");
        call.GetProperty("name").GetString().ShouldBe("attempt_completion");
        call.GetProperty("arguments").GetString().ShouldNotBeNull().ShouldContain("reload its window");
        gateway.Upstream.Seen.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("client: {stale: allow}")]
    [InlineData("client: {stale: refuse, refreshWithin: 4h}")]
    [InlineData("client: {stale: refuse, refreshWithin: 75m}\nfor: {users: [somebody]}")]
    public async Task It_goes_on_where_the_profile_lets_it_gives_more_time_or_is_for_others(string profile)
    {
        await using var gateway = await StartAsync(profile);
        await RefreshAsync(gateway);
        time.Advance(TimeSpan.FromHours(3));

        (await AskAsync(gateway)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_agent_that_never_asked_for_settings_is_not_stale()
    {
        await using var gateway = await StartAsync(Refuses);
        await RefreshAsync(gateway, agent: "another");
        time.Advance(TimeSpan.FromHours(3));

        (await AskAsync(gateway)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Nobody_is_refused_because_nobody_can_tell()
    {
        await using var gateway = await StartAsync(Refuses);
        await RefreshAsync(gateway);
        gateway.Clients.Away = true;
        time.Advance(TimeSpan.FromHours(3));

        (await AskAsync(gateway)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Each_call_is_noted_with_what_it_says_and_how_long_settings_are_good_and_nothing_is_asked_where_nobody_wants_to_know()
    {
        await using var gateway = await StartAsync("client: {refreshWithin: 2h}");

        await AskAsync(gateway);

        gateway.Clients.Seen.ShouldBe([new(gateway.Caller.Key.Id, "roo-code", time.GetUtcNow()) { AgentVersion = "3.52.1", Device = "laptop", CallsWithin = TimeSpan.FromHours(2) }]);
        gateway.Clients.Asked.ShouldBe(0);
    }

    [Theory]
    [InlineData(0, false, typeof(OutsideDecision.Allowed))]
    [InlineData(180, false, typeof(OutsideDecision.Denied))]
    [InlineData(null, false, typeof(OutsideDecision.Allowed))]
    [InlineData(180, true, typeof(OutsideDecision.Denied))]
    public async Task A_rule_decides_by_it_also_for_those_who_enforce_outside_and_takes_its_safe_side(int? refreshedMinutesAgo, bool away, Type decision)
    {
        await using var gateway = await StartAsync("output: short", NoStale);
        if (refreshedMinutesAgo is { } ago)
        {
            await RefreshAsync(gateway);
            time.Advance(TimeSpan.FromMinutes(ago));
        }

        gateway.Clients.Away = away;
        var (_, caller) = gateway.Identities.AddKey(new() { Models = true, Tools = true });
        if (refreshedMinutesAgo is not null)
        {
            gateway.Clients.Put(gateway.Clients.Find(gateway.Caller.Key.Id, "roo-code")! with { Credential = caller.Key.Id });
        }

        var told = await gateway.Outside.DecideAsync(new() { Caller = caller, Task = new TaskFacts { Agent = "roo-code" }, Tool = "execute_command", Arguments = """{"command":"ls"}"""u8.ToArray() }, Cancellation);

        told.ShouldBeOfType(decision);
        var kept = gateway.Decisions.All[^1].Inputs.ShouldNotBeNull();
        kept.Flags.GetValueOrDefault("client.stale").ShouldBe(refreshedMinutesAgo == 180 && !away);
        kept.Altered.Contains("client.stale").ShouldBe(away);
    }

    private const string NoStale = """
        ---
        apiVersion: paddock/v1alpha1
        kind: Policy
        metadata: {name: fresh, owner: tests}
        spec:
          rules:
          - {id: no-stale, when: client.stale, effect: deny, because: Its settings are too old, tests: [{match: ls, with: {client.stale: true}}, {notMatch: ls}]}
        ---
        apiVersion: paddock/v1alpha1
        kind: PolicyBinding
        metadata: {name: fresh, owner: tests}
        spec: {policy: fresh, enforcement: enforce}

        """;

    private Task RefreshAsync(GatewayUnderTest gateway, string agent = "roo-code") => gateway.Clients.RefreshedAsync(new(gateway.Caller.Key.Id, agent, time.GetUtcNow()), 1, Cancellation);

    private Task<GatewayUnderTest> StartAsync(string profile, string more = "") => GatewayUnderTest.StartAsync(new()
    {
        Time = time,
        Dialects = [.. new ServiceCollection().AddAgents().BuildServiceProvider().GetServices<IAgentDialect>()],
        Snapshot = address => Profiled.By(address, profile, more),
    });

    private static async Task<(HttpStatusCode Status, string Body)> AskAsync(GatewayUnderTest gateway, string path = "/v1/chat/completions", string? agent = null)
    {
        gateway.Upstream.Scripts.Clear();
        gateway.Upstream.Scripts.Enqueue(Answers.Json(Answer));
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent("""{"model":"m","messages":[{"role":"user","content":"hi"}],"tools":[{"type":"function","function":{"name":"attempt_completion","parameters":{}}}]}""", Encoding.UTF8, "application/json"),
        };
        foreach (var (name, value) in ((string, string)[])(agent is null ? [("User-Agent", "RooCode/3.52.1"), ("X-Paddock-Device", "laptop")] : [("X-Paddock-Agent", agent)]))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await gateway.Http.SendAsync(request, Cancellation);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }
}
