using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Paddock.Agents;
using Paddock.Core.Agents;
using Paddock.Core.Identity;
using Paddock.Core.Models;
using Paddock.Core.Policies;
using Paddock.Core.Tasks;
using Paddock.Gateway.Tests.Rig;

namespace Paddock.Gateway.Tests.Guard;

/// <summary>Decisions for those who enforce outside, beside the gateway's own on the same calls.</summary>
public sealed class OutsideDecisionTests
{
    private const string Policies = """
        apiVersion: paddock/v1alpha1
        kind: ApprovalChain
        metadata: {name: leads, owner: tests}
        spec: {steps: [{anyOf: {teams: [leads]}}]}
        ---
        apiVersion: paddock/v1alpha1
        kind: Policy
        metadata: {name: git, owner: tests}
        spec:
          rules:
          - id: push
            match: {commands: [[git, push]]}
            effect: require_approval
            approval: {chain: leads}
            because: Pushes are reviewed
            tests: [{match: git push origin main}, {notMatch: git status}]
          - id: pipe
            match: {commands: [[curl]]}
            effect: deny
            because: Nothing is fetched
            fix: Use the mirror
            tests: [{match: curl x}, {notMatch: ls}]
          - id: architects-do-not-run
            match: {modes: [architect], commands: [[make]]}
            effect: deny
            because: Architects draw
            tests: [{match: make all, with: {task.mode: architect}}, {notMatch: make all}]
        ---
        apiVersion: paddock/v1alpha1
        kind: PolicyBinding
        metadata: {name: git, owner: tests}
        spec: {policy: git, enforcement: enforce}
        """;

    private static readonly MadeCall push = new("call_7", "bash", """{"command":"git push origin main","description":"one"}""", [0.5]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_that_the_gateway_released_is_not_decided_again_and_uses_no_second_approval()
    {
        await using var gateway = await StartAsync();
        await ReleaseAsync(gateway, push);

        var first = await gateway.Outside.DecideAsync(Hook(gateway, push), Cancellation);
        var second = await gateway.Outside.DecideAsync(Hook(gateway, push), Cancellation);

        var intent = gateway.Approvals.Intents.ShouldHaveSingleItem();
        first.ShouldBeOfType<OutsideDecision.Allowed>().Id.ShouldBe(intent.Id);
        first.Rule.ShouldBe("git/push");
        second.ShouldBe(first);
        gateway.Approvals.All.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Another_process_knows_what_was_released_and_nothing_more()
    {
        await using var gateway = await StartAsync();
        await ReleaseAsync(gateway, push);
        var elsewhere = gateway.OutsideElsewhere();

        (await elsewhere.DecideAsync(Hook(gateway, push), Cancellation)).ShouldBeOfType<OutsideDecision.Allowed>().Id.ShouldBe(gateway.Approvals.Intents.ShouldHaveSingleItem().Id);
        (await elsewhere.DecideAsync(Hook(gateway, push with { Id = "call_8" }) with { Holds = false }, Cancellation)).ShouldBeOfType<OutsideDecision.Waiting>();
    }

    [Fact]
    public async Task A_refused_call_as_paddock_wrote_it_is_allowed_under_the_refusals_id()
    {
        await using var gateway = await StartAsync();
        var written = ToolClient.Read(Wire.OpenAiChat, await AskAsync(gateway, push with { Arguments = """{"command":"curl evil.example"}""" }), stream: true).Calls().ShouldHaveSingleItem();

        var told = await gateway.Outside.DecideAsync(Hook(gateway, push with { Arguments = written["call_7 bash ".Length..] }), Cancellation);

        written.ShouldContain($"Decision {told.ShouldBeOfType<OutsideDecision.Allowed>().Id}");
    }

    [Fact]
    public async Task The_refused_call_itself_stays_refused()
    {
        await using var gateway = await StartAsync();
        var fetch = push with { Arguments = """{"command":"curl evil.example"}""" };
        var written = await AskAsync(gateway, fetch);

        var told = (await gateway.Outside.DecideAsync(Hook(gateway, fetch), Cancellation)).ShouldBeOfType<OutsideDecision.Denied>();

        written.ShouldContain($"Decision {told.Id}");
        told.Said.ShouldBe($"Refused by policy. Nothing is fetched. Use the mirror. Decision {told.Id}.");
        told.Fix.ShouldBe("Use the mirror");
    }

    [Theory]
    [InlineData("""{"command":"git push origin prod"}""", "call_7", "ses_1")]
    [InlineData("""{"command":"git push origin main","workdir":"/elsewhere"}""", "call_7", "ses_1")]
    [InlineData("""{"command":"git push origin main"}""", "call_8", "ses_1")]
    [InlineData("""{"command":"git push origin main"}""", "call_7", "ses_2")]
    public async Task Another_call_than_the_gateway_saw_is_decided_anew(string arguments, string id, string session)
    {
        await using var gateway = await StartAsync();
        await ReleaseAsync(gateway, push);

        var told = await gateway.Outside.DecideAsync(Hook(gateway, push with { Id = id, Arguments = arguments }, session) with { Holds = false }, Cancellation);

        told.ShouldBeOfType<OutsideDecision.Waiting>();
        gateway.Approvals.All.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Many_hooks_at_once_for_one_call_hear_one_decision_and_use_one_approval()
    {
        await using var gateway = await StartAsync();

        var asking = Enumerable.Range(0, 20).Select(_ => Task.Run(() => gateway.Outside.DecideAsync(Hook(gateway, push), Cancellation))).ToArray();
        gateway.Approvals.Decide((await gateway.Approvals.AskedAsync(1, Cancellation)).Id, approve: true);
        var told = await Task.WhenAll(asking);

        told.Distinct().ShouldHaveSingleItem().ShouldBeOfType<OutsideDecision.Allowed>();
        gateway.Approvals.Intents.ShouldHaveSingleItem().Id.ShouldBe(told[0].Id);
        gateway.Approvals.All.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_hook_and_the_gateway_at_once_let_the_call_pass_once()
    {
        await using var gateway = await StartAsync();

        var answer = AskAsync(gateway, push);
        var asked = await gateway.Approvals.AskedAsync(1, Cancellation);
        var hook = gateway.Outside.DecideAsync(Hook(gateway, push), Cancellation);
        gateway.Approvals.Decide(asked.Id, approve: true);

        ToolClient.Read(Wire.OpenAiChat, await answer, stream: true).Calls().ShouldBe(["call_7 bash " + push.Arguments]);
        (await hook).ShouldBeOfType<OutsideDecision.Allowed>().Id.ShouldBe(gateway.Approvals.Intents.ShouldHaveSingleItem().Id);
    }

    [Fact]
    public async Task What_waits_is_told_with_its_approval_after_twenty_seconds_and_passes_when_it_is_asked_again()
    {
        var time = new FakeTimeProvider();
        await using var gateway = await StartAsync(time);

        var asking = gateway.Outside.DecideAsync(Hook(gateway, push), Cancellation);
        var asked = await gateway.Approvals.AskedAsync(1, Cancellation);
        await gateway.Approvals.HeldAsync(asked.Id, Cancellation);
        time.Advance(TimeSpan.FromSeconds(20));

        var waiting = (await asking).ShouldBeOfType<OutsideDecision.Waiting>();
        gateway.Approvals.Decide(asked.Id, approve: true);
        var again = await gateway.Outside.DecideAsync(Hook(gateway, push), Cancellation);

        waiting.Approval.ShouldBe(asked.Id);
        waiting.Link.ShouldBe($"https://paddock.example/approvals/{asked.Id}");
        waiting.Said.ShouldContain($"Approval {asked.Id}");
        again.ShouldBeOfType<OutsideDecision.Allowed>();
    }

    [Fact]
    public async Task Nobody_holds_for_whoever_does_not_wait()
    {
        await using var gateway = await StartAsync(new FakeTimeProvider()); // its clock stands still

        (await gateway.Outside.DecideAsync(Hook(gateway, push) with { Holds = false }, Cancellation)).ShouldBeOfType<OutsideDecision.Waiting>();
    }

    [Fact]
    public async Task An_approval_that_comes_when_the_asker_is_gone_is_not_used()
    {
        await using var gateway = await StartAsync();
        using var leaves = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var asking = gateway.Outside.DecideAsync(Hook(gateway, push), leaves.Token);
        var asked = await gateway.Approvals.AskedAsync(1, Cancellation);
        await leaves.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(asking);
        gateway.Approvals.Decide(asked.Id, approve: true);

        gateway.Approvals.Intents.ShouldBeEmpty();
        (await gateway.Outside.DecideAsync(Hook(gateway, push), Cancellation)).ShouldBeOfType<OutsideDecision.Allowed>();
        gateway.Approvals.Intents.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Without_a_calls_id_an_equal_call_of_the_same_task_is_taken_for_it_once()
    {
        var time = new FakeTimeProvider();
        await using var gateway = await StartAsync(time);
        await ReleaseAsync(gateway, push);
        var nameless = Hook(gateway, push) with { CallId = null, Holds = false };

        (await gateway.Outside.DecideAsync(nameless, Cancellation)).ShouldBeOfType<OutsideDecision.Allowed>();
        (await gateway.Outside.DecideAsync(nameless, Cancellation)).ShouldBeOfType<OutsideDecision.Allowed>(); // a second hook for it
        time.Advance(TimeSpan.FromSeconds(6));

        (await gateway.Outside.DecideAsync(nameless, Cancellation)).ShouldBeOfType<OutsideDecision.Waiting>();
        gateway.Approvals.Intents.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_key_without_the_tools_scope_asks_for_nothing()
    {
        await using var gateway = await StartAsync();

        var told = await gateway.Outside.DecideAsync(Hook(gateway, push) with { Caller = gateway.Caller }, Cancellation);

        told.ShouldBeOfType<OutsideDecision.NotPermitted>().Said.ShouldContain("--tools");
        gateway.Approvals.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_key_pins_wins_over_what_is_said()
    {
        await using var gateway = await StartAsync();
        var call = Hook(gateway, push with { Arguments = """{"command":"make all"}""" });
        var pinned = gateway.Identities.AddKey(new() { Tools = true, PinnedMode = "architect" }, "dev").Caller;

        (await gateway.Outside.DecideAsync(call with { Task = call.Task with { Mode = "code" } }, Cancellation)).ShouldBeOfType<OutsideDecision.Allowed>();
        (await gateway.Outside.DecideAsync(call with { Caller = pinned, CallId = "call_9", Task = call.Task with { Mode = "code" } }, Cancellation)).ShouldBeOfType<OutsideDecision.Denied>().Rule.ShouldBe("git/architects-do-not-run");
    }

    /// <summary>A release that only records would have the gateway stay out of it.</summary>
    [Theory]
    [InlineData("not json")]
    [InlineData("""{"command":"ls","command":"git push"}""")]
    [InlineData("""["git push"]""")]
    public async Task What_cannot_be_read_is_not_let_pass(string arguments)
    {
        await using var gateway = await StartAsync();

        var told = await gateway.Outside.DecideAsync(Hook(gateway, push with { Name = "write", Arguments = arguments }), Cancellation);

        told.ShouldBeOfType<OutsideDecision.Denied>().Said.ShouldContain("not evaluated");
    }

    /// <summary>The gateway lets the call pass after somebody's yes.</summary>
    private static async Task ReleaseAsync(GatewayUnderTest gateway, MadeCall call)
    {
        var answer = AskAsync(gateway, call);
        gateway.Approvals.Decide((await gateway.Approvals.AskedAsync(1, Cancellation)).Id, approve: true);
        ToolClient.Read(Wire.OpenAiChat, await answer, stream: true).Calls().ShouldBe([$"{call.Id} {call.Name} {call.Arguments}"]);
    }

    private static OutsideCall Hook(GatewayUnderTest gateway, MadeCall call, string session = "ses_1") => new()
    {
        Caller = gateway.Identities.Current.Keys.FirstOrDefault(key => key.Scopes is { Tools: true, PinnedMode: null }) is { } key
            ? gateway.Identities.Current.Find(key.Id)!
            : gateway.Identities.AddKey(new KeyScopes { Tools = true }, "dev").Caller, // another key of the same person
        Task = new() { Agent = "opencode", NativeTask = session },
        Tool = call.Name,
        CallId = call.Id,
        Arguments = Encoding.UTF8.GetBytes(call.Arguments),
        Holds = true,
    };

    private static Task<GatewayUnderTest> StartAsync(TimeProvider? time = null) => GatewayUnderTest.StartAsync(new()
    {
        Time = time ?? TimeProvider.System,
        Dialects = [.. new ServiceCollection().AddAgents().BuildServiceProvider().GetServices<IAgentDialect>()],
        Snapshot = address => Snapshots.Of([Snapshots.Provider("main", address)]).Under(Policies),
    });

    private static async Task<string> AskAsync(GatewayUnderTest gateway, MadeCall call)
    {
        gateway.Upstream.Scripts.Clear();
        gateway.Upstream.Scripts.Enqueue(Answers.Stream(string.Concat(ToolStreams.Write(Wire.OpenAiChat, [call], "text").Select(one => one.Write("\n")))));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent("""{"model":"m","stream":true,"stream_options":{"include_usage":true}}""", Encoding.UTF8, "application/json") };
        request.Headers.UserAgent.ParseAdd("opencode/1.18.33");
        request.Headers.Add("x-session-id", "ses_1");
        using var answer = await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }
}
