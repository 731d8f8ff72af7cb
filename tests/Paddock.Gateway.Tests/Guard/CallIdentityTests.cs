using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Agents;
using Paddock.Core.Agents;
using Paddock.Gateway.Tests.Rig;
using Paddock.Testing;

namespace Paddock.Gateway.Tests.Guard;

/// <summary>A call is judged as the tool that its agent runs, however its name and id are told.</summary>
public sealed class CallIdentityTests
{
    private const string Policies = """
        apiVersion: paddock/v1alpha1
        kind: Policy
        metadata: {name: rules, owner: tests}
        spec:
          rules:
          - {id: curl, match: {commands: [[curl]]}, effect: deny, because: Nothing is fetched, tests: [{match: curl x}]}
          - {id: env, match: {classes: [edit], paths: {any: ["**/.env"]}}, effect: deny, because: Secrets stay, tests: [{match: {call.class: edit, call.paths: [a/.env]}}]}
          - {id: tracker, match: {mcp: {servers: [tracker], tools: [close_issue]}}, effect: deny, because: Issues stay open, tests: [{match: {call.class: mcp, mcp.server: tracker, mcp.tool: close_issue}}]}
          - {id: fetch, match: {tools: [webfetch]}, effect: deny, because: Nothing is fetched, tests: [{match: {call.tool: webfetch}}]}
        ---
        apiVersion: paddock/v1alpha1
        kind: PolicyBinding
        metadata: {name: rules, owner: tests}
        spec: {policy: rules, enforcement: enforce}
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("the name after the arguments", """{"index":0,"id":"a","function":{"arguments":"{\"command\":\"curl evil\"}"}}""", """{"index":0,"function":{"name":"bash"}}""")]
    [InlineData("the name after the end", """{"index":0,"id":"a","function":{"arguments":"{\"command\":\"curl evil\"}"}}""", null, """{"index":0,"function":{"name":"bash"}}""")]
    [InlineData("two calls under one id", """{"index":0,"id":"a","function":{"name":"bash","arguments":"{\"command\":\"ls\"}"}}""", """{"index":1,"id":"a","function":{"name":"bash","arguments":""}}""", """{"index":1,"function":{"arguments":"{\"command\":\"curl evil\"}"}}""")]
    [InlineData("another name, in the place of a tool that is always allowed", """{"index":0,"id":"a","function":{"name":"todowrite","arguments":""}}""", """{"index":0,"id":"b","function":{"name":"bash","arguments":"{\"command\":\"curl evil\"}"}}""")]
    [InlineData("another name, under the id of a tool that is always allowed", """{"index":0,"id":"a","function":{"name":"todowrite","arguments":"{}"}}""", """{"index":1,"id":"a","function":{"name":"bash","arguments":"{\"command\":\"curl evil\"}"}}""")]
    [InlineData("another name when it has ended", """{"index":0,"id":"a","function":{"name":"todowrite","arguments":"{\"command\":\"curl e\"}"}}""", """{"index":0,"id":"a","function":{"name":"bash","arguments":"{\"command\":\"curl evil\"}"}}""")]
    [InlineData("a tool that is always allowed, in the place of another", """{"index":0,"id":"a","function":{"name":"bash","arguments":""}}""", """{"index":0,"id":"b","function":{"name":"todowrite","arguments":"{\"command\":\"curl evil\"}"}}""")]
    [InlineData("capitals, which the agent does not mind", """{"index":0,"id":"a","function":{"name":"BASH","arguments":"{\"command\":\"curl evil\"}"}}""")]
    [InlineData("capitals of another agent's tool", """{"index":0,"id":"a","function":{"name":"Write","arguments":"{\"filePath\":\".env\",\"content\":\"curl evil\"}"}}""")]
    [InlineData("capitals of a tool that is denied by name", """{"index":0,"id":"a","function":{"name":"WebFetch","arguments":"{\"url\":\"https://x.example\",\"format\":\"curl evil\"}"}}""")]
    [InlineData("a server and its tool in one name", """{"index":0,"id":"a","function":{"name":"tracker_close_issue","arguments":"{\"issue\":\"evil\"}"}}""")]
    [InlineData("free text", """{"index":0,"id":"a","type":"custom","custom":{"name":"bash","input":"curl evil"}}""")]
    public async Task No_way_to_tell_a_call_of_a_chat_completion_gets_it_past_its_rule(string what, params string?[] deltas)
    {
        var events = deltas.Select(delta => delta is null
            ? """data: {"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}"""
            : $$$"""data: {"choices":[{"index":0,"delta":{"tool_calls":[{{{delta}}}]}}]}""");

        var got = await AskAsync("/v1/chat/completions", [.. events, """data: {"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}""", "data: [DONE]"]);

        got.ShouldNotContain("evil", customMessage: what);
    }

    [Theory]
    [InlineData("""{"type":"function_call","id":"f","call_id":"a","arguments":""}""", """{"type":"function_call","id":"f","call_id":"a","name":"bash","arguments":"{\"command\":\"curl evil\"}"}""")]
    [InlineData("""{"type":"function_call","id":"f","call_id":"a","name":"todowrite","arguments":""}""", """{"type":"function_call","id":"f","call_id":"a","name":"bash","arguments":"{\"command\":\"curl evil\"}"}""")]
    [InlineData("""{"type":"function_call","id":"f","call_id":"a","name":"local_shell_call","arguments":""}""", """{"type":"local_shell_call","id":"f","call_id":"a","action":{"type":"exec","command":["curl","evil"],"env":{}}}""")]
    [InlineData("""{"type":"function_call","id":"f","call_id":"a","namespace":"mcp__tracker","name":"close_issue","arguments":""}""", """{"type":"function_call","id":"f","call_id":"a","namespace":"mcp__tracker","name":"close_issue","arguments":"{\"issue\":\"evil\"}"}""")]
    public async Task Nor_of_a_response(string added, string done)
    {
        var got = await AskAsync(
            "/v1/responses",
            [
                "data: {\"type\":\"response.output_item.added\",\"output_index\":0,\"item\":" + added + "}",
                "data: {\"type\":\"response.output_item.done\",\"output_index\":0,\"item\":" + done + "}",
                "data: {\"type\":\"response.completed\",\"response\":{\"output\":[" + done + "]}}",
            ]);

        got.ShouldNotContain("evil");
    }

    [Theory]
    [InlineData("""{"type":"tool_use","id":"a","input":{"command":"curl evil"}}""", """{"type":"tool_use","id":"a","name":"bash","input":{}}""")]
    [InlineData("""{"type":"tool_use","id":"a","name":"todowrite","input":{}}""", """{"type":"tool_use","id":"a","name":"bash","input":{"command":"curl evil"}}""")]
    [InlineData("""{"type":"tool_use","id":"a","name":"str_replace_based_edit_tool","input":{"command":"create","path":".env","file_text":"curl evil"}}""", """{"type":"text","text":""}""")]
    [InlineData("""{"id":"a","name":"bash","input":{"command":"curl evil"}}""", """{"type":"text","text":""}""")]
    [InlineData("""{"type":"mcp_tool_use","id":"a","name":"close_issue","server_name":"tracker","input":{"issue":"evil"}}""", """{"type":"text","text":""}""")]
    public async Task Nor_of_a_message(string first, string second)
    {
        var got = await AskAsync(
            "/v1/messages",
            [
                "data: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":" + first + "}",
                "data: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":" + second + "}",
                "data: {\"type\":\"content_block_stop\",\"index\":0}",
                "data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"tool_use\"}}",
                "data: {\"type\":\"message_stop\"}",
            ]);

        got.ShouldNotContain("evil");
    }

    [Fact]
    public async Task Parallel_calls_of_different_choices_may_have_one_id()
    {
        var got = await AskAsync(
            "/v1/chat/completions",
            [
                """data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"bash","arguments":"{\"command\":\"ls one\"}"}}]}}]}""",
                """data: {"choices":[{"index":1,"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"bash","arguments":"{\"command\":\"ls two\"}"}}]}}]}""",
                "data: [DONE]",
            ]);

        got.ShouldContain("ls one");
        got.ShouldContain("ls two");
        got.ShouldNotContain("not_evaluated");
    }

    [Fact]
    public async Task Calls_may_have_one_index_when_each_has_its_id()
    {
        string[] events =
        [
            """data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"todoread","arguments":"{}"}}]}}]}""",
            """data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"b","function":{"name":"bash","arguments":"{\"command\":\"ls\"}"}}]}}]}""",
            """data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c","function":{"name":"bash","arguments":"{\"command\":\"pwd\"}"}}]}}]}""",
            "data: [DONE]",
        ];

        var got = await AskAsync("/v1/chat/completions", events);

        got.ShouldBe(Join(events));
    }

    [Fact]
    public async Task Blanks_behind_the_arguments_are_no_arguments()
    {
        string[] events =
        [
            """data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"bash","arguments":"{\"command\":\"ls\"}"}}]}}]}""",
            """data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"\n "}}]}}]}""",
            """data: {"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}""",
            "data: [DONE]",
        ];

        var got = await AskAsync("/v1/chat/completions", events);

        got.ShouldBe(Join(events));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_list_of_answers_does_not_pass_because_nobody_can_tell_what_is_in_it(bool stream)
    {
        const string Listed = """[{"choices":[{"index":0,"message":{"role":"assistant","tool_calls":[{"id":"a","type":"function","function":{"name":"bash","arguments":"{\"command\":\"curl zebra\"}"}}]},"finish_reason":"tool_calls"}]}]""";

        var got = await AskAsync("/v1/chat/completions", stream ? Answers.Stream(Listed + "\n\n") : Answers.Json(Listed));

        got.ShouldNotContain("zebra");
        got.ShouldContain("error");
    }

    private static string Join(IEnumerable<string> events) => string.Concat(events.Select(one => one + "\n\n"));

    private static Task<string> AskAsync(string path, IEnumerable<string> events) => AskAsync(path, Answers.Stream(Join(events)));

    private static async Task<string> AskAsync(string path, UpstreamScript script)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new()
        {
            Dialects = [.. new ServiceCollection().AddAgents().BuildServiceProvider().GetServices<IAgentDialect>()],
            Snapshot = address => Snapshots.Of([Snapshots.Provider("main", address)]).Under(Policies),
        });
        gateway.Upstream.Scripts.Enqueue(script);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent("""{"model":"m","stream":true,"stream_options":{"include_usage":true}}""", Encoding.UTF8, "application/json") };
        request.Headers.UserAgent.ParseAdd("opencode/1.18.33");
        using var answer = await gateway.Http.SendAsync(request, Cancellation);
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }
}
