using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Agents;
using Paddock.Core.Agents;
using Paddock.Core.Audit;
using Paddock.Core.Models;
using Paddock.Core.Policies;
using Paddock.Gateway.Tests.Rig;

namespace Paddock.Gateway.Tests.Guard;

/// <summary>No call that changes something is let go before the audit log has it.</summary>
public sealed class ToolIntentTests
{
    private const string Policies = """
        apiVersion: paddock/v1alpha1
        kind: Policy
        metadata: {name: shell, owner: tests}
        spec:
          rules:
          - {id: rm, match: {commands: [[rm]]}, effect: deny, because: Nothing is removed, tests: [{match: rm x}]}
        ---
        apiVersion: paddock/v1alpha1
        kind: PolicyBinding
        metadata: {name: shell, owner: tests}
        spec: {policy: shell, enforcement: enforce}
        """;

    private static readonly MadeCall bash = new("call_0", "bash", """{"command":"make zebra","description":"one"}""", [0.3, 0.6]);
    private static readonly MadeCall read = new("call_1", "read", """{"filePath":"src/a.cs"}""", [0.5]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<Wire, bool, bool> Ways { get; } = new(
        from wire in (Wire[])[Wire.OpenAiChat, Wire.OpenAiResponses, Wire.AnthropicMessages] from stream in (bool[])[true, false] from policies in (bool[])[true, false] select (wire, stream, policies));

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_mutating_call_ends_at_the_agent_only_after_its_intent_is_durable(Wire wire, bool stream, bool policies)
    {
        await using var gateway = await StartAsync(policies);
        gateway.Audit.Hold();

        var answer = AskAsync(gateway, wire, stream, [bash, read]);
        await gateway.Audit.Asked.WaitAsync(Cancellation);
        answer.IsCompleted.ShouldBeFalse();
        gateway.Audit.All.ShouldBeEmpty();
        gateway.Audit.LetGo();

        ToolClient.Read(wire, await answer, stream).Calls().ShouldBe([$"call_0 bash {bash.Arguments}", $"call_1 read {read.Arguments}"]);
        var intent = gateway.Audit.All.ShouldHaveSingleItem();
        intent.Act.ShouldBe(AuditActs.ToolIntent);
        intent.Ref.ShouldBe(gateway.Decisions.All.Single(decision => decision.Tool == "bash").Id);
        intent.Actor.ShouldBe(AuditActor.Agent("opencode", gateway.Caller.Principal.Id.Value, gateway.Caller.Key.Id.Value));
        intent.Facts.ShouldContain(AuditFact.Of("tool", "bash"));
        intent.Facts.Single(fact => fact.Name == "payload").Value.ShouldBeOfType<AuditValue.List>().Values.ShouldHaveSingleItem()
            .ShouldBeOfType<AuditValue.Sealed>().Value.ToArray().ShouldBe(Encoding.UTF8.GetBytes(bash.Arguments));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_call_whose_intent_cannot_be_written_never_ends_at_the_agent(Wire wire, bool stream, bool policies)
    {
        await using var gateway = await StartAsync(policies);
        gateway.Audit.Fails = true;

        var answer = await AskAsync(gateway, wire, stream, [bash]);

        answer.ShouldContain("audit log");
        answer.ShouldNotContain(stream ? "\\\"one\\\"}" : "zebra");
        gateway.Audit.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refused_call_leaves_a_no_and_no_intent()
    {
        await using var gateway = await StartAsync(policies: true);

        await AskAsync(gateway, Wire.OpenAiChat, stream: true, [bash with { Arguments = """{"command":"rm zebra"}""" }]);

        var no = gateway.Audit.All.ShouldHaveSingleItem();
        no.Act.ShouldBe(AuditActs.ToolDenied);
        no.Ref.ShouldBe(gateway.Decisions.All.ShouldHaveSingleItem().Id);
        no.Facts.ShouldContain(AuditFact.Of("dec", "deny"));
    }

    [Fact]
    public async Task A_name_that_is_longer_than_an_entry_may_be_is_cut_and_the_call_recorded_all_the_same()
    {
        await using var gateway = await StartAsync(policies: false);
        var call = bash with { Name = new('x', 100_000) };

        var answer = await AskAsync(gateway, Wire.OpenAiChat, stream: true, [call]);

        answer.ShouldContain(call.Name);
        gateway.Audit.All.ShouldHaveSingleItem().Facts.Single(static fact => fact.Name == "tool").Value.ShouldBeOfType<AuditValue.Text>().Value.Length.ShouldBe(201);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task While_nothing_can_be_recorded_a_request_that_offers_what_changes_something_is_not_sent(bool policies)
    {
        await using var gateway = await StartAsync(policies);
        gateway.Audit.IsAvailable = false;
        gateway.Upstream.Scripts.Enqueue(Answers.Json(ToolStreams.WritePlain(Wire.OpenAiChat, [], "hello")));

        using var refused = await SendAsync(gateway, Offering("bash"));
        using var served = await SendAsync(gateway, Offering("read"));

        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        refused.Headers.RetryAfter.ShouldNotBeNull();
        (await refused.Content.ReadAsStringAsync(Cancellation)).ShouldContain("audit_unavailable");
        served.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_hook_that_asks_for_a_call_that_was_let_go_makes_no_second_intent_and_one_for_its_own_call_does()
    {
        await using var gateway = await StartAsync(policies: true);
        await AskAsync(gateway, Wire.OpenAiChat, stream: true, [bash], task: "ses_1");

        var caller = gateway.Caller with { Key = gateway.Caller.Key with { Scopes = gateway.Caller.Key.Scopes with { Tools = true } } };
        OutsideCall call = new() { Caller = caller, Tool = "bash", CallId = "call_0", Arguments = Encoding.UTF8.GetBytes(bash.Arguments), Task = new() { Agent = "opencode", NativeTask = "ses_1" } };
        (await gateway.Outside.DecideAsync(call, Cancellation)).ShouldBeOfType<OutsideDecision.Allowed>();
        gateway.Audit.All.ShouldHaveSingleItem();

        (await gateway.Outside.DecideAsync(call with { CallId = "call_9", Arguments = """{"command":"make other"}"""u8.ToArray() }, Cancellation)).ShouldBeOfType<OutsideDecision.Allowed>();
        gateway.Audit.All.Count.ShouldBe(2);

        gateway.Audit.Fails = true;
        (await gateway.Outside.DecideAsync(call with { CallId = "call_10", Arguments = """{"command":"make third"}"""u8.ToArray() }, Cancellation)).ShouldBeOfType<OutsideDecision.Denied>();
    }

    private static string Offering(string tool) =>
        $$$"""{"model":"m","messages":[{"role":"user","content":"x"}],"tools":[{"type":"function","function":{"name":"{{{tool}}}","parameters":{"type":"object"} } }]}""";

    private static Task<GatewayUnderTest> StartAsync(bool policies) => GatewayUnderTest.StartAsync(new()
    {
        Dialects = [.. new ServiceCollection().AddAgents().BuildServiceProvider().GetServices<IAgentDialect>()],
        Snapshot = address => policies ? Snapshots.Of([Snapshots.Provider("main", address)]).Under(Policies) : Snapshots.Of([Snapshots.Provider("main", address)]),
    });

    private static async Task<string> AskAsync(GatewayUnderTest gateway, Wire wire, bool stream, MadeCall[] calls, string? task = null)
    {
        gateway.Upstream.Scripts.Enqueue(stream
            ? Answers.Stream(ToolStreams.Write(wire, calls, "some text").Select(one => Encoding.UTF8.GetBytes(one.Write("\n"))))
            : Answers.Json(ToolStreams.WritePlain(wire, calls, "some text")));
        var path = wire switch { Wire.OpenAiChat => "/v1/chat/completions", Wire.OpenAiResponses => "/v1/responses", _ => "/v1/messages" };
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent($$"""{"model":"m","max_tokens":10,"store":false,"stream":{{(stream ? "true" : "false")}}}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.UserAgent.ParseAdd("opencode/1.18.33");
        if (task is not null)
        {
            request.Headers.Add("x-session-affinity", task);
        }

        using var answer = await gateway.Http.SendAsync(request, Cancellation);
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }

    private static Task<HttpResponseMessage> SendAsync(GatewayUnderTest gateway, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.UserAgent.ParseAdd("opencode/1.18.33");
        return gateway.Http.SendAsync(request, Cancellation);
    }
}
