using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Agents;
using Paddock.Core.Agents;
using Paddock.Core.Audit;
using Paddock.Core.Audit.Payloads;
using Paddock.Core.Models;
using Paddock.Gateway.Guard;
using Paddock.Gateway.Tests.Rig;

namespace Paddock.Gateway.Tests.Guard;

/// <summary>Content is kept where a rule asks for it, each piece once, and nowhere else.</summary>
public sealed class KeptContentTests
{
    private const string Make = """{"command":"make zebra"}""";
    private const string Remove = """{"command":"rm zebra"}""";
    private const string Look = """{"filePath":"src/a.cs"}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<Wire> Wires => [Wire.OpenAiChat, Wire.AnthropicMessages, Wire.OpenAiResponses];

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task Without_a_rule_that_asks_for_it_no_content_is_kept(Wire wire)
    {
        await using var gateway = await StartAsync("{id: make, match: {commands: [[make]]}, effect: allow}");

        await SendAsync(gateway, wire, Conversations.Write(wire), Call("c1", "bash", Make));
        await SendAsync(gateway, wire, Conversations.Write(wire, [new Answered("c1", "bash", Make, "done")]));

        await KeptAsync(gateway);
        gateway.Payloads.All.ShouldBeEmpty();
        gateway.Audit.All.ShouldHaveSingleItem().Act.ShouldBe(AuditActs.ToolIntent);
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task A_request_is_kept_with_what_the_model_was_told_and_each_message_once(Wire wire)
    {
        await using var gateway = await StartAsync("{id: make, match: {commands: [[make]]}, effect: allow, audit: {level: request, class: builds}}");

        await SendAsync(gateway, wire, Conversations.Write(wire), Call("c1", "bash", Make));
        await SendAsync(gateway, wire, Conversations.Write(wire, [new Answered("c1", "bash", Make, "done")]), Call("c2", "bash", Make));

        await KeptAsync(gateway);
        gateway.Payloads.All.ShouldAllBe(one => one.Class == "builds" && one.Task != null && one.Principal == gateway.Caller.Principal.Id.Value);
        gateway.Payloads.Texts("args").ShouldBe([Make, Make]); // the store finds the second in the first
        var messages = gateway.Payloads.All.Where(one => one.Field.Contains('[')).Select(one => Encoding.UTF8.GetString(one.Content.Span)).ToList();
        messages.Count(one => one.Contains("\"go\"", StringComparison.Ordinal)).ShouldBe(1);
        messages.Count(one => one.Contains("done", StringComparison.Ordinal)).ShouldBe(1);
        messages.ShouldBeUnique();
        gateway.Payloads.Texts("result").ShouldBeEmpty();

        var entries = gateway.Audit.All;
        var intents = entries.Where(entry => entry.Act == AuditActs.ToolIntent).ToList();
        intents.Count.ShouldBe(2);
        intents.ShouldAllBe(intent => Says(intent).Contains("\"id\":\"pay_", StringComparison.Ordinal) && !Says(intent).Contains("zebra", StringComparison.Ordinal));
        entries.Where(entry => entry.Act == AuditActs.TaskMessages).Select(entry => (entry.Ref, entry.Mutating)).ShouldBe(intents.Select(intent => (intent.Ref, false)), ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task A_result_is_kept_once_where_the_rule_asks_for_the_response(Wire wire)
    {
        await using var gateway = await StartAsync("{id: make, match: {commands: [[make]]}, effect: allow, audit: {level: request_response}}");
        var turn = new Answered("c1", "bash", Make, "Exit code: 0\nzebra made");

        await SendAsync(gateway, wire, Conversations.Write(wire), Call("c1", "bash", Make));
        await SendAsync(gateway, wire, Conversations.Write(wire, [turn]));
        await SendAsync(gateway, wire, Conversations.Write(wire, [turn]));

        await KeptAsync(gateway);
        gateway.Payloads.Texts("result").ShouldHaveSingleItem().ShouldContain("zebra made");
        var note = gateway.Decisions.Notes.ShouldHaveSingleItem();
        note.Content.ShouldBeOfType<PayloadMark.Kept>().Field.ShouldBe("result");
        note.Decision.ShouldBe(gateway.Decisions.All.Single().Id);
    }

    [Fact]
    public async Task A_rule_that_is_bound_in_shadow_keeps_content_and_decides_nothing()
    {
        await using var gateway = await StartAsync("{id: make, match: {commands: [[make]]}, effect: deny, audit: {level: request}, tests: [{match: make x}]}", "shadow");

        var answer = await SendAsync(gateway, Wire.OpenAiChat, Conversations.Write(Wire.OpenAiChat), Call("c1", "bash", Make));

        answer.ShouldContain("zebra");
        await KeptAsync(gateway);
        gateway.Payloads.Texts("args").ShouldBe([Make]);
    }

    [Fact]
    public async Task What_is_refused_is_kept_too()
    {
        await using var gateway = await StartAsync("{id: rm, match: {commands: [[rm]]}, effect: deny, audit: {level: request}, tests: [{match: rm x}]}");

        await SendAsync(gateway, Wire.OpenAiChat, Conversations.Write(Wire.OpenAiChat), Call("c1", "bash", Remove));

        await KeptAsync(gateway);
        gateway.Payloads.Texts("args").ShouldBe([Remove]);
        Says(gateway.Audit.All.Single(entry => entry.Act == AuditActs.ToolDenied)).ShouldContain("\"id\":\"pay_");
    }

    [Fact]
    public async Task A_call_that_changes_nothing_has_an_entry_only_where_a_rule_asks_for_one()
    {
        await using var gateway = await StartAsync("{id: look, match: {classes: [read], paths: {any: ['src/**']}}, effect: allow, audit: {level: metadata}}");

        await SendAsync(gateway, Wire.OpenAiChat, Conversations.Write(Wire.OpenAiChat), Call("c1", "read", Look), Call("c2", "read", """{"filePath":"docs/b.md"}"""));

        await KeptAsync(gateway);
        var entry = gateway.Audit.All.ShouldHaveSingleItem();
        (entry.Act, entry.Mutating).ShouldBe((AuditActs.ToolAllowed, false));
        entry.Ref.ShouldBe(gateway.Decisions.All.Single(decision => decision.ToolCall == "c1").Id);
        gateway.Payloads.All.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(UnkeptReason.Failed)]
    [InlineData(UnkeptReason.Late)]
    public async Task A_call_passes_although_its_content_cannot_be_kept_and_its_entry_says_so(UnkeptReason why)
    {
        await using var gateway = await StartAsync("{id: make, match: {commands: [[make]]}, effect: allow, audit: {level: request_response}}");
        gateway.Payloads.Fails = why;

        var answer = await SendAsync(gateway, Wire.OpenAiChat, Conversations.Write(Wire.OpenAiChat), Call("c1", "bash", Make));

        answer.ShouldContain("zebra");
        await KeptAsync(gateway);
        Says(gateway.Audit.All.Single(entry => entry.Act == AuditActs.ToolIntent)).ShouldContain($"\"unkept\":\"{why.ToString().ToLowerInvariant()}\"");
    }

    [Fact]
    public async Task An_entry_that_cannot_be_handed_in_does_not_end_the_keeping_of_what_comes_after_it()
    {
        await using var gateway = await StartAsync("{id: make, match: {commands: [[make]]}, effect: allow}");
        var (keeper, noted) = (gateway.Part<ContentKeeper>(), 0);

        keeper.Later([new("args", "content", null, "usr_1", "a"u8.ToArray())], _ => throw new InvalidOperationException("no"));
        keeper.Later([new("args", "content", null, "usr_1", "b"u8.ToArray())], marks => noted += marks.Length);

        await KeptAsync(gateway);
        noted.ShouldBe(1);
    }

    [Fact]
    public async Task A_caches_mark_that_wanders_makes_no_second_message()
    {
        await using var gateway = await StartAsync("{id: make, match: {commands: [[make]]}, effect: allow, audit: {level: request}}");
        const string body = """{"model":"m","stream":true,"max_tokens":9,"system":[{"type":"text","text":"be good"}],"messages":[{"role":"user","content":[{"type":"text","text":"go <b>"$MARK}]}$MORE]}""";

        await SendAsync(gateway, Wire.AnthropicMessages, body.Replace("$MARK", ",\"cache_control\":{\"type\":\"ephemeral\"}", StringComparison.Ordinal).Replace("$MORE", "", StringComparison.Ordinal), Call("c1", "bash", Make));
        await SendAsync(gateway, Wire.AnthropicMessages, body.Replace("$MARK", "", StringComparison.Ordinal).Replace("$MORE", """,{"role":"assistant","content":"hm"},{"role":"user","content":"say cache_control"}""", StringComparison.Ordinal), Call("c2", "bash", Make));

        await KeptAsync(gateway);
        gateway.Payloads.All.Select(one => one.Field).Where(field => field != "args").ShouldBe(["system", "messages[0]", "messages[1]", "messages[2]"]);
        gateway.Payloads.Texts("messages[0]").ShouldBe(["""{"role":"user","content":[{"type":"text","text":"go <b>"}]}"""]);
    }

    [Theory]
    [InlineData("""{"cache_control":{"type":"ephemeral"},"a":1}""", """{"a":1}""")]
    [InlineData("""{"a":1 , "cache_control" : {"x":[1]} }""", """{"a":1  }""")]
    [InlineData("""{"a":1,"cache_control":null,"b":"cache_control"}""", """{"a":1,"b":"cache_control"}""")]
    [InlineData("""{"cache_control":1}""", "{}")]
    [InlineData("""{"cache_control":1,"cache_control":2,"a":3}""", """{"a":3}""")]
    [InlineData("""{"a":0,"cache_control":1,"cache_control":2}""", """{"a":0}""")]
    [InlineData("""[{"cache_control":1},{"c":{"cache_control":1,"d":2}}]""", """[{},{"c":{"d":2}}]""")]
    [InlineData("\"cache_control\"", "\"cache_control\"")]
    public void A_caches_mark_is_cut_out_and_nothing_else_is_touched(string message, string kept) =>
        Encoding.UTF8.GetString(Conversation.Text(Encoding.UTF8.GetBytes(message))).ShouldBe(kept);

    private static MadeCall Call(string id, string tool, string arguments) => new(id, tool, arguments, []);

    private static string Says(AuditEvent entry) => Encoding.UTF8.GetString(AuditEntry.Of(entry, Guid.Empty, DateTimeOffset.UnixEpoch, new("dek", new byte[32])).Bytes.Span);

    /// <summary>Ends keeping, once all that waits is kept.</summary>
    private static Task KeptAsync(GatewayUnderTest gateway) => gateway.Part<ContentKeeper>().StopAsync(Cancellation);

    private static Task<GatewayUnderTest> StartAsync(string rule, string enforcement = "enforce") => GatewayUnderTest.StartAsync(new()
    {
        Dialects = [.. new ServiceCollection().AddAgents().BuildServiceProvider().GetServices<IAgentDialect>()],
        Snapshot = address => Snapshots.Of([Snapshots.Provider("main", address)]).Under($$"""
            apiVersion: paddock/v1alpha1
            kind: Policy
            metadata: {name: kept, owner: tests}
            spec: {rules: [{{rule}}]}
            ---
            apiVersion: paddock/v1alpha1
            kind: PolicyBinding
            metadata: {name: kept, owner: tests}
            spec: {policy: kept, enforcement: {{enforcement}}}
            """),
    });

    private static async Task<string> SendAsync(GatewayUnderTest gateway, Wire wire, string body, params MadeCall[] calls)
    {
        gateway.Upstream.Scripts.Clear();
        gateway.Upstream.Scripts.Enqueue(Answers.Stream(string.Concat(ToolStreams.Write(wire, calls, "text").Select(one => one.Write("\n")))));
        var path = wire switch { Wire.OpenAiChat => "/v1/chat/completions", Wire.AnthropicMessages => "/v1/messages", _ => "/v1/responses" };
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.UserAgent.ParseAdd("opencode/1.18.33");
        request.Headers.Add("x-session-affinity", "ses_1");
        using var answer = await gateway.Http.SendAsync(request, Cancellation);
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }
}
