using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Paddock.Agents;
using Paddock.Core.Agents;
using Paddock.Core.Approvals;
using Paddock.Core.Models;
using Paddock.Gateway.Tests.Rig;
using Paddock.Testing;

namespace Paddock.Gateway.Tests.Guard;

/// <summary>A rule that requires an approval: asked once, held for a while, used at most once.</summary>
public sealed class ToolApprovalTests
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
            approval: {chain: leads, ttl: 336h}
            because: Pushes are reviewed
            tests: [{match: git push origin main}, {notMatch: git status}]
        ---
        apiVersion: paddock/v1alpha1
        kind: Policy
        metadata: {name: pipes, owner: tests}
        spec:
          rules:
          - id: force
            match: {commands: [[rm]]}
            effect: deny
            because: Nothing is removed
            tests: [{match: rm x}, {notMatch: ls}]
        ---
        apiVersion: paddock/v1alpha1
        kind: PolicyBinding
        metadata: {name: git, owner: tests}
        spec: {policy: git, enforcement: enforce}
        ---
        apiVersion: paddock/v1alpha1
        kind: PolicyBinding
        metadata: {name: pipes, owner: tests}
        spec: {policy: pipes, enforcement: soft}
        """;

    private static readonly MadeCall push = new("call_0", "bash", """{"command":"git push origin main","description":"one"}""", [0.5]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_approved_call_passes_once_and_an_equal_one_beside_it_waits_for_its_own()
    {
        await using var gateway = await StartAsync();
        var twice = new[] { push, push with { Id = "call_1", Arguments = push.Arguments.Replace("one", "two", StringComparison.Ordinal) } };

        var answer = AskAsync(gateway, twice);
        var first = await gateway.Approvals.AskedAsync(1, Cancellation);
        gateway.Approvals.Decide(first.Id, approve: true);
        var second = await gateway.Approvals.AskedAsync(2, Cancellation);
        gateway.Approvals.Decide(second.Id, approve: false);

        var calls = ToolClient.Read(Wire.OpenAiChat, await answer, stream: true).Calls().ToList();
        calls.Count(call => call.Contains("git push origin main", StringComparison.Ordinal)).ShouldBe(1);
        calls.Count(call => call.Contains($"Paddock: Not approved. It was denied. Approval {second.Id}", StringComparison.Ordinal)).ShouldBe(1);
        gateway.Approvals.Intents.ShouldHaveSingleItem().Tool.ShouldBe("bash");
        first.Brief.Rule.ShouldBe("git/push");
        first.Brief.Command.ShouldBe("git push origin main");
    }

    [Fact]
    public async Task A_call_that_nobody_decided_in_time_is_refused_with_its_id_and_passes_when_it_is_asked_again()
    {
        var time = new FakeTimeProvider();
        await using var gateway = await StartAsync(time);

        var answer = AskAsync(gateway, [push]);
        var asked = await gateway.Approvals.AskedAsync(1, Cancellation);
        await gateway.Approvals.HeldAsync(asked.Id, Cancellation);
        time.Advance(TimeSpan.FromSeconds(90));

        (await answer).ShouldContain($"Paddock: Waiting for an approval. Pushes are reviewed. Go on with something else, or make the same call again once it is approved. Approval {asked.Id}. https://paddock.example/approvals/{asked.Id}");
        gateway.Approvals.Decide(asked.Id, approve: true);
        var again = push with { Id = "call_9", Arguments = push.Arguments.Replace("one", "again", StringComparison.Ordinal) };
        ToolClient.Read(Wire.OpenAiChat, await AskAsync(gateway, [again]), stream: true).Calls().ShouldBe(["call_9 bash " + again.Arguments]);
        gateway.Approvals.All.ShouldHaveSingleItem().State.ShouldBe(ApprovalState.Consumed);
    }

    [Fact]
    public async Task A_client_that_leaves_while_its_call_is_held_leaves_the_request_as_it_is()
    {
        await using var gateway = await StartAsync();
        using var leaves = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var answer = AskAsync(gateway, [push], leaves.Token);
        var asked = await gateway.Approvals.AskedAsync(1, Cancellation);
        await leaves.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(answer);
        await gateway.Ledger.NextAsync(Cancellation);
        gateway.Approvals.All.ShouldHaveSingleItem().State.ShouldBe(ApprovalState.Pending);
        gateway.Approvals.Decide(asked.Id, approve: true);

        ToolClient.Read(Wire.OpenAiChat, await AskAsync(gateway, [push]), stream: true).Calls().ShouldBe(["call_0 bash " + push.Arguments]);
        gateway.Approvals.Intents.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_yes_after_the_key_was_revoked_is_used_by_nobody(bool stream)
    {
        await using var gateway = await StartAsync();

        var answer = AskAsync(gateway, [push], stream);
        var asked = await gateway.Approvals.AskedAsync(1, Cancellation);
        gateway.Identities.Revoke(gateway.Caller.Key.Id, DateTimeOffset.UnixEpoch);
        (await answer).ShouldContain("revoked");
        gateway.Approvals.Decide(asked.Id, approve: true);

        var (newer, _) = gateway.Identities.AddKey(new() { Models = true });
        using var http = gateway.Client(newer);
        ToolClient.Read(Wire.OpenAiChat, await AskAsync(gateway, [push], stream, http: http), stream).Calls().ShouldBe(["call_0 bash " + push.Arguments]);
        gateway.Approvals.All.ShouldHaveSingleItem().State.ShouldBe(ApprovalState.Consumed);
    }

    [Fact]
    public async Task Two_equal_calls_at_once_share_a_request_and_one_of_them_passes()
    {
        await using var gateway = await StartAsync();

        var answers = new[] { AskAsync(gateway, [push]), AskAsync(gateway, [push]) };
        var first = await gateway.Approvals.AskedAsync(1, Cancellation);
        gateway.Approvals.Decide(first.Id, approve: true);
        var second = await gateway.Approvals.AskedAsync(2, Cancellation);
        gateway.Approvals.Decide(second.Id, approve: false);

        (await Task.WhenAll(answers)).Count(answer => Ran(answer, push)).ShouldBe(1);
        gateway.Approvals.Intents.ShouldHaveSingleItem();
        gateway.Approvals.All.Count(approval => approval.State is ApprovalState.Consumed).ShouldBe(1);
    }

    [Fact]
    public async Task A_yes_in_the_moment_in_which_the_client_leaves_lets_the_call_pass_at_most_once()
    {
        await using var gateway = await StartAsync();
        var ran = 0;
        for (var i = 0; i < Samples.Of(25); i++)
        {
            MadeCall[] calls = [push with { Arguments = push.Arguments.Replace("main", $"main-{i}", StringComparison.Ordinal) }]; // one that has left late may have asked once more
            using var leaves = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            var asked = gateway.Approvals.AskedAsync(gateway.Approvals.All.Count + 1, Cancellation);
            var left = AskAsync(gateway, calls, leaves.Token);
            var approval = await asked;
            await Task.WhenAll(Task.Run(() => gateway.Approvals.Decide(approval.Id, approve: true), Cancellation), leaves.CancelAsync());
            ran += await RanAsync(left, calls[0]);
            var again = AskAsync(gateway, calls); // with the same yes when nobody had it, else with one of its own
            while (!again.IsCompleted)
            {
                gateway.Approvals.All.Where(one => one.State is ApprovalState.Pending).ToList().ForEach(one => gateway.Approvals.Decide(one.Id, approve: true));
                await Task.Yield();
            }

            ran += await RanAsync(again, calls[0]);
            gateway.Approvals.Intents.Count.ShouldBe(gateway.Approvals.All.Count(one => one.State is ApprovalState.Consumed));
            ran.ShouldBeLessThanOrEqualTo(gateway.Approvals.Intents.Count);
        }

        ran.ShouldBeGreaterThanOrEqualTo((int)Samples.Of(25));

        static async Task<int> RanAsync(Task<string> answer, MadeCall call)
        {
            try
            {
                return Ran(await answer, call) ? 1 : 0;
            }
            catch (OperationCanceledException)
            {
                return 0;
            }
        }
    }

    [Fact]
    public async Task What_the_policy_forbids_when_the_yes_comes_stays_forbidden()
    {
        await using var gateway = await StartAsync();

        var answer = AskAsync(gateway, [push]);
        var asked = await gateway.Approvals.AskedAsync(1, Cancellation);
        gateway.Publish(snapshot => snapshot.Under(Policies.Replace("require_approval\n    approval: {chain: leads, ttl: 336h}", "deny", StringComparison.Ordinal)));
        gateway.Approvals.Decide(asked.Id, approve: true);

        (await answer).ShouldContain("Paddock: Refused by policy. Pushes are reviewed. Decision dec_");
        gateway.Approvals.Intents.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_soft_refusal_names_the_command_that_overrides_it_and_the_call_passes_then()
    {
        await using var gateway = await StartAsync();
        var remove = new MadeCall("call_0", "bash", """{"command":"rm x"}""", []);

        var refused = await AskAsync(gateway, [remove]);
        var asked = gateway.Approvals.All.ShouldHaveSingleItem();
        gateway.Approvals.Decide(asked.Id, approve: true);
        var passed = await AskAsync(gateway, [remove]);

        refused.ShouldContain($"Paddock: Refused by policy. Nothing is removed. Whoever asks may let the same call pass, with a reason: paddock override {asked.Id}");
        asked.SelfAcknowledgement.ShouldBeTrue();
        ToolClient.Read(Wire.OpenAiChat, passed, stream: true).Calls().ShouldBe(["call_0 bash " + remove.Arguments]);
    }

    /// <summary>Whether the client got the call to run.</summary>
    private static bool Ran(string answer, MadeCall made) => ToolClient.Read(Wire.OpenAiChat, answer, stream: true).Calls().Any(call => call.EndsWith(made.Arguments, StringComparison.Ordinal));

    private static Task<GatewayUnderTest> StartAsync(TimeProvider? time = null) => GatewayUnderTest.StartAsync(new()
    {
        Time = time ?? TimeProvider.System,
        Dialects = [.. new ServiceCollection().AddAgents().BuildServiceProvider().GetServices<IAgentDialect>()],
        Snapshot = address => Snapshots.Of([Snapshots.Provider("main", address)]).Under(Policies),
    });

    private static Task<string> AskAsync(GatewayUnderTest gateway, MadeCall[] calls, CancellationToken? cancellationToken = null) =>
        AskAsync(gateway, calls, stream: true, cancellationToken);

    private static async Task<string> AskAsync(GatewayUnderTest gateway, MadeCall[] calls, bool stream, CancellationToken? cancellationToken = null, HttpClient? http = null)
    {
        gateway.Upstream.Scripts.Clear(); // the last one stays, for those that ask at the same time
        gateway.Upstream.Scripts.Enqueue(stream
            ? Answers.Stream(string.Concat(ToolStreams.Write(Wire.OpenAiChat, calls, "text").Select(one => one.Write("\n"))))
            : Answers.Json(ToolStreams.WritePlain(Wire.OpenAiChat, calls, "text")));
        var body = stream ? """{"model":"m","stream":true,"stream_options":{"include_usage":true}}""" : """{"model":"m"}""";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.UserAgent.ParseAdd("opencode/1.18.33");
        using var answer = await (http ?? gateway.Http).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken ?? Cancellation);
        return await answer.Content.ReadAsStringAsync(cancellationToken ?? Cancellation);
    }
}
