using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Agents;
using Paddock.Core.Agents;
using Paddock.Core.Models;
using Paddock.Core.Policies;
using Paddock.Core.Policies.Decisions;
using Paddock.Gateway.Tests.Rig;

namespace Paddock.Gateway.Tests.Guard;

/// <summary>What is recorded of judged calls.</summary>
public sealed class DecisionRecordTests
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
          - id: remove
            match: {commands: [[rm]]}
            effect: deny
            because: Nothing is removed
            tests: [{match: rm x}, {notMatch: ls}]
        ---
        apiVersion: paddock/v1alpha1
        kind: Policy
        metadata: {name: later, owner: tests}
        spec:
          rules:
          - id: lists
            match: {commands: [[ls]]}
            effect: deny
            because: Nothing is listed
            tests: [{match: ls}, {notMatch: rm x}]
        ---
        apiVersion: paddock/v1alpha1
        kind: PolicyBinding
        metadata: {name: git, owner: tests}
        spec: {policy: git, enforcement: enforce}
        ---
        apiVersion: paddock/v1alpha1
        kind: PolicyBinding
        metadata: {name: later, owner: tests}
        spec: {policy: later, enforcement: shadow}
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_decided_is_recorded_with_who_what_why_and_the_facts_it_was_decided_on()
    {
        await using var gateway = await StartAsync();

        await AskAsync(gateway, Bash("call_a", "TOKEN=secretword ls src"), Bash("call_b", "rm x"));

        var recorded = gateway.Decisions.All;
        recorded.Count.ShouldBe(2);
        var (allowed, refused) = (recorded.Single(one => one.ToolCall == "call_a"), recorded.Single(one => one.ToolCall == "call_b"));
        (allowed.Effect, allowed.Rule, allowed.Outcome).ShouldBe((Effect.Allow, null, DecisionOutcome.Released));
        (allowed.ShadowEffect, allowed.ShadowRule).ShouldBe((Effect.Deny, "later/lists"));
        (refused.Effect, refused.Rule, refused.Enforcement, refused.Outcome).ShouldBe((Effect.Deny, "git/remove", Enforcement.Enforce, DecisionOutcome.Refused));
        (allowed.Principal, allowed.Key).ShouldBe((gateway.Caller.Principal.Id.Value, gateway.Caller.Key.Id.Value));
        (allowed.Agent, allowed.NativeTask, allowed.Tool, allowed.Mutating).ShouldBe(("opencode", "ses_1", "bash", true));
        allowed.ReleaseDigest.ShouldBe("sha256:" + new string('a', 64));
        allowed.Digest.ShouldNotBeNull().ShouldNotBe(refused.Digest);
        allowed.Inputs.ShouldNotBeNull().Texts["model.provider"].ShouldBe("main");
        allowed.Inputs.ToSubject().Facts.Texts(Core.Policies.Facts.Fact.CallPaths).ShouldBe(["src"]);
        string.Join('|', allowed.Inputs.Texts.Values).ShouldNotContain("secretword");
    }

    [Fact]
    public async Task A_held_call_is_recorded_at_once_and_then_what_became_of_it()
    {
        await using var gateway = await StartAsync();

        var answer = AskAsync(gateway, Bash("call_a", "git push"));
        var asked = await gateway.Approvals.AskedAsync(1, Cancellation);
        while (gateway.Decisions.All.Count == 0)
        {
            await Task.Yield(); // it is recorded right after it is asked for
        }

        gateway.Decisions.All.ShouldHaveSingleItem().Outcome.ShouldBe(DecisionOutcome.Held);
        gateway.Approvals.Decide(asked.Id, approve: true);
        await answer;

        var decision = gateway.Decisions.All.ShouldHaveSingleItem();
        decision.Outcome.ShouldBe(DecisionOutcome.Approved);
        gateway.Approvals.Intents.ShouldHaveSingleItem().Id.ShouldBe(decision.Id);
    }

    [Fact]
    public async Task A_call_that_nobody_wanted_is_recorded_as_not_approved()
    {
        await using var gateway = await StartAsync();

        var answer = AskAsync(gateway, Bash("call_a", "git push"));
        var asked = await gateway.Approvals.AskedAsync(1, Cancellation);
        gateway.Approvals.Decide(asked.Id, approve: false);
        await answer;

        gateway.Decisions.All.ShouldHaveSingleItem().Outcome.ShouldBe(DecisionOutcome.NotApproved);
    }

    [Fact]
    public async Task What_changes_something_is_not_let_go_while_nothing_can_be_recorded()
    {
        await using var gateway = await StartAsync();
        gateway.Decisions.Full = true;

        var answer = await AskAsync(gateway, Bash("call_a", "touch x"), new("call_b", "read", """{"filePath":"a.txt"}""", []));

        var calls = ToolClient.Read(Wire.OpenAiChat, answer, stream: true).Calls().ToList();
        calls[0].ShouldContain("Paddock: Refused by policy, not evaluated. It cannot be recorded now");
        calls[1].ShouldBe("""call_b read {"filePath":"a.txt"}""");
    }

    [Fact]
    public async Task A_call_that_could_not_be_judged_is_recorded_with_the_reason()
    {
        await using var gateway = await StartAsync();

        await AskAsync(gateway, new MadeCall("call_a", "bash", """{"command":["a"]""", []));

        var decision = gateway.Decisions.All.ShouldHaveSingleItem();
        (decision.NotEvaluated, decision.Effect, decision.Outcome, decision.Inputs).ShouldBe(("Its arguments are not one well-formed object.", Effect.Deny, DecisionOutcome.Refused, null));
    }

    private static MadeCall Bash(string id, string command) => new(id, "bash", $$"""{"command":"{{command}}"}""", []);

    private static Task<GatewayUnderTest> StartAsync() => GatewayUnderTest.StartAsync(new()
    {
        Dialects = [.. new ServiceCollection().AddAgents().BuildServiceProvider().GetServices<IAgentDialect>()],
        Snapshot = address => Snapshots.Of([Snapshots.Provider("main", address)]).Under(Policies),
    });

    private static async Task<string> AskAsync(GatewayUnderTest gateway, params MadeCall[] calls)
    {
        gateway.Upstream.Scripts.Enqueue(Answers.Stream(string.Concat(ToolStreams.Write(Wire.OpenAiChat, calls, "text").Select(one => one.Write("\n")))));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent("""{"model":"m","stream":true,"stream_options":{"include_usage":true}}""", Encoding.UTF8, "application/json") };
        request.Headers.UserAgent.ParseAdd("opencode/1.18.33");
        request.Headers.Add("x-session-id", "ses_1");
        using var answer = await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }
}
