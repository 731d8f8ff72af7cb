using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Agents;
using Paddock.Core.Agents;
using Paddock.Core.Approvals;
using Paddock.Core.Containments;
using Paddock.Core.Ledger;
using Paddock.Core.Models;
using Paddock.Core.Snapshot;
using Paddock.Gateway.Tests.Rig;

namespace Paddock.Gateway.Tests.Containments;

/// <summary>A contained tool is refused in answers, whatever the policies say; the model calls go on.</summary>
public class ContainedToolTests
{
    private const string Policies = """
        apiVersion: paddock/v1alpha1
        kind: ApprovalChain
        metadata: {name: leads, owner: tests}
        spec: {steps: [{anyOf: {teams: [leads]}}]}
        ---
        apiVersion: paddock/v1alpha1
        kind: Policy
        metadata: {name: p, owner: tests}
        spec:
          rules:
          - {id: all, match: {classes: [command, edit]}, effect: allow, tests: [{match: ls}]}
          - {id: push, match: {commands: [[git, push]]}, effect: require_approval, approval: {chain: leads}, because: Pushes are reviewed, tests: [{match: git push}]}
          - {id: secrets, match: {classes: [edit], paths: {any: ["**/.env"]}}, effect: deny, because: Secrets stay, tests: [{match: {call.class: edit, call.paths: [a/.env]}}]}
        ---
        apiVersion: paddock/v1alpha1
        kind: PolicyBinding
        metadata: {name: p, owner: tests}
        spec: {policy: p, enforcement: enforce}
        """;

    private static readonly MadeCall list = new("call_0", "bash", """{"command":"ls -l","description":"one"}""", [0.3, 0.6]);
    private static readonly MadeCall read = new("call_1", "read", """{"filePath":"a.cs"}""", [0.5]);
    private static readonly MadeCall write = new("call_0", "write", """{"filePath":"src/a.cs","content":"one two three four five six"}""", [0.3, 0.6, 0.9]);
    private static readonly MadeCall issue = new("call_0", "mcp__github__create_issue", """{"title":"x"}""", []);
    private static readonly MadeCall push = new("call_0", "bash", """{"command":"git push origin main","description":"one"}""", []);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<Wire, bool, bool> Ways
    {
        get
        {
            var ways = new TheoryData<Wire, bool, bool>();
            foreach (var wire in Enum.GetValues<Wire>())
            {
                foreach (var stream in new[] { true, false })
                {
                    ways.Add(wire, stream, true);
                    ways.Add(wire, stream, false);
                }
            }

            return ways;
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Its_calls_are_refused_with_and_without_policies_and_those_of_others_pass(Wire wire, bool stream, bool policies)
    {
        await using var gateway = await StartAsync(policies);
        var containment = gateway.Containments.Contain(new() { Tool = "Bash" });

        var calls = ToolClient.Read(wire, await AskAsync(gateway, [list, read], wire, stream), stream).Calls().ToList();

        calls[0].ShouldStartWith("call_0 bash ");
        calls[0].ShouldContain("Paddock: Stopped by an operator until");
        calls[0].ShouldContain(containment.Id.Value);
        calls[0].ShouldNotContain("ls -l");
        calls[1].ShouldBe("call_1 read " + read.Arguments);
        gateway.Decisions.All.Single(decision => decision.Tool == "bash").NotEvaluated.ShouldBe($"It was stopped by containment {containment.Id}");
        (await gateway.Ledger.NextAsync(Cancellation)).Closing!.Outcome.ShouldBe(CallOutcome.Complete);
    }

    [Fact]
    public async Task A_tool_of_an_mcp_server_is_refused_by_server_and_name_until_it_is_lifted()
    {
        await using var gateway = await StartAsync(policies: false);
        var containment = gateway.Containments.Contain(new() { Tool = "github/*" });

        (await AskAsync(gateway, [issue])).ShouldContain(containment.Id.Value);
        gateway.Containments.Lift(containment.Id);
        ToolClient.Read(Wire.OpenAiChat, await AskAsync(gateway, [issue]), stream: true).Calls().ShouldBe(["call_0 mcp__github__create_issue " + issue.Arguments]);
    }

    [Fact]
    public async Task One_that_names_somebody_else_too_touches_nobody_else()
    {
        await using var gateway = await StartAsync(policies: false);
        var (_, other) = gateway.Identities.AddKey(new() { Models = true }, "bob");
        gateway.Containments.Contain(new() { Tool = "bash", User = other.Principal.Id });

        ToolClient.Read(Wire.OpenAiChat, await AskAsync(gateway, [list]), stream: true).Calls().ShouldBe(["call_0 bash " + list.Arguments]);
    }

    [Theory]
    [InlineData(Wire.OpenAiChat, true)]
    [InlineData(Wire.OpenAiChat, false)]
    [InlineData(Wire.OpenAiResponses, false)]
    [InlineData(Wire.AnthropicMessages, false)]
    public async Task An_answer_that_has_begun_before_is_looked_at_from_then_on(Wire wire, bool policies)
    {
        await using var gateway = await StartAsync(policies);
        var events = Events([list, read], wire);
        var contained = new TaskCompletionSource();
        gateway.Upstream.Scripts.Enqueue(Answers.Stream(events) with { PauseBefore = (1 + events.FindIndex(IsOf("bash")), contained.Task) });
        using var answer = await SendAsync(gateway, wire, stream: true);

        var containment = gateway.Containments.Contain(new() { Tool = "bash" });
        contained.SetResult();

        var calls = ToolClient.Read(wire, await answer.ReadAsync(), stream: true).Calls().ToList();
        calls[0].ShouldContain(containment.Id.Value);
        calls[1].ShouldBe("call_1 read " + read.Arguments);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_call_that_was_let_go_before_it_was_whole_does_not_get_whole(bool policies)
    {
        await using var gateway = await StartAsync(policies);
        var events = Events([write]);
        var contained = new TaskCompletionSource();
        gateway.Upstream.Scripts.Enqueue(Answers.Stream(events) with { PauseBefore = (events.FindLastIndex(IsOf("arguments")), contained.Task) });
        using var answer = await SendAsync(gateway, Wire.OpenAiChat, stream: true);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(Cancellation));
        var seen = "";
        while (!seen.Contains("write", StringComparison.Ordinal))
        {
            seen += await lines.ReadLineAsync(Cancellation);
        }

        gateway.Containments.Contain(new() { Tool = "write" });
        contained.SetResult();

        seen += await lines.ReadToEndAsync(Cancellation);
        seen.ShouldContain("not_evaluated");
        seen.ShouldNotContain("tool_calls\"}"); // the end of its turn
        (await gateway.Ledger.NextAsync(Cancellation)).Closing!.Outcome.ShouldBe(CallOutcome.Partial);
    }

    [Fact]
    public async Task A_call_that_waits_for_an_approval_is_refused_when_its_tool_is_contained_meanwhile_and_the_yes_is_not_used()
    {
        await using var gateway = await StartAsync(policies: true);
        var answer = AskAsync(gateway, [push]);
        var asked = await gateway.Approvals.AskedAsync(1, Cancellation);

        var containment = gateway.Containments.Contain(new() { Tool = "bash" });
        gateway.Approvals.Decide(asked.Id, approve: true);

        (await answer).ShouldContain(containment.Id.Value);
        gateway.Approvals.Intents.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_that_waits_for_an_approval_ends_when_its_caller_is_contained_and_the_yes_is_not_used(bool stream)
    {
        await using var gateway = await StartAsync(policies: true);
        var answer = AskAsync(gateway, [push], stream: stream);
        var asked = await gateway.Approvals.AskedAsync(1, Cancellation);

        var containment = gateway.Containments.Contain(new() { User = gateway.Caller.Principal.Id });

        var got = await answer;
        got.ShouldContain(containment.Id.Value);
        got.ShouldNotContain("Nobody could be asked"); // what the agent reads is the end, not a refusal and the end behind it
        got.ShouldNotContain("[DONE]");
        var closing = (await gateway.Ledger.NextAsync(Cancellation)).Closing!;
        (closing.Outcome, closing.ErrorClass).ShouldBe((CallOutcome.Cancelled, "contained"));
        gateway.Approvals.All.ShouldHaveSingleItem().State.ShouldBe(ApprovalState.Pending);
        gateway.Approvals.Decide(asked.Id, approve: true);
        gateway.Approvals.Intents.ShouldBeEmpty();
    }

    private static Task<GatewayUnderTest> StartAsync(bool policies) => GatewayUnderTest.StartAsync(new()
    {
        Dialects = [.. new ServiceCollection().AddAgents().BuildServiceProvider().GetServices<IAgentDialect>()],
        Snapshot = address => Under(Snapshots.Of([Snapshots.Provider("main", address)]), policies),
    });

    private static GovernanceSnapshot Under(GovernanceSnapshot snapshot, bool policies) => policies ? snapshot.Under(Policies) : snapshot;

    private static List<byte[]> Events(MadeCall[] calls, Wire wire = Wire.OpenAiChat) => [.. ToolStreams.Write(wire, calls, "some text").Select(one => Encoding.UTF8.GetBytes(one.Write("\n")))];

    private static Predicate<byte[]> IsOf(string word) => one => Encoding.UTF8.GetString(one).Contains(word, StringComparison.Ordinal);

    private static async Task<string> AskAsync(GatewayUnderTest gateway, MadeCall[] calls, Wire wire = Wire.OpenAiChat, bool stream = true)
    {
        gateway.Upstream.Scripts.Clear();
        gateway.Upstream.Scripts.Enqueue(stream ? Answers.Stream(string.Concat(ToolStreams.Write(wire, calls, "text").Select(one => one.Write("\n")))) : Answers.Json(ToolStreams.WritePlain(wire, calls, "text")));
        using var answer = await SendAsync(gateway, wire, stream);
        return await answer.ReadAsync();
    }

    private static async Task<HttpResponseMessage> SendAsync(GatewayUnderTest gateway, Wire wire, bool stream)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, ContainedCall.PathOf(wire))
        {
            Content = new StringContent($$"""{"model":"m","stream":{{(stream ? "true" : "false")}},"store":false,"max_tokens":9}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-Paddock-Agent", "opencode");
        return await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
    }
}
