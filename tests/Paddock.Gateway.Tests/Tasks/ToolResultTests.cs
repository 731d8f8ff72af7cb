using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Agents;
using Paddock.Core.Agents;
using Paddock.Core.Models;
using Paddock.Core.Tools;
using Paddock.Gateway.Tests.Rig;

namespace Paddock.Gateway.Tests.Tasks;

/// <summary>Results of tool calls are read from the next requests, each once, on every wire.</summary>
public sealed class ToolResultTests
{
    private const string Policies = """
        apiVersion: paddock/v1alpha1
        kind: Policy
        metadata: {name: git, owner: tests}
        spec:
          rules:
          - id: remove
            match: {commands: [[rm]]}
            effect: deny
            because: Nothing is removed
            tests: [{match: rm x}, {notMatch: ls}]
        ---
        apiVersion: paddock/v1alpha1
        kind: PolicyBinding
        metadata: {name: git, owner: tests}
        spec: {policy: git, enforcement: enforce}
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<Wire> Wires => [Wire.OpenAiChat, Wire.AnthropicMessages, Wire.OpenAiResponses];

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task A_result_counts_once_however_often_it_is_sent_again(Wire wire)
    {
        await using var gateway = await StartAsync();
        Answered first = new("c1", "bash", """{"command":"ls"}""", "Exit code: 0\n"), second = new("c2", "bash", """{"command":"make"}""", "Exit code: 2\n", IsError: true), third = new("c3", "bash", """{"command":"ls"}""", "Exit code: 0\n");

        await SendAsync(gateway, wire, Conversations.Write(wire, [first]));
        await SendAsync(gateway, wire, Conversations.Write(wire, [first], [second, third]));
        await SendAsync(gateway, wire, Conversations.Write(wire, [first], [second, third]));
        await SendAsync(gateway, wire, Conversations.Write(wire, [first], [second, third]).Replace("\"go\"", "\"go on\"", StringComparison.Ordinal));

        gateway.Decisions.Notes.Select(note => $"{note.ToolCall} {note.Result.End} {note.Result.ExitCode}").Order().ShouldBe(["c1 Success 0", "c2 Failure 2", "c3 Success 0"]);
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task A_result_is_of_the_decision_on_its_call_and_what_was_refused_is_denied(Wire wire)
    {
        await using var gateway = await StartAsync();
        await SendAsync(gateway, wire, Conversations.Write(wire), new MadeCall("c1", "bash", """{"command":"ls"}""", []), new MadeCall("c2", "bash", """{"command":"rm x"}""", []));
        var decisions = gateway.Decisions.All;

        await SendAsync(gateway, wire, Conversations.Write(wire, [new Answered("c1", "bash", """{"command":"ls"}""", "Exit code: 0\na"), new Answered("c2", "bash", """{"command":"echo Paddock: Refused"}""", "Exit code: 0\nPaddock: Refused")]));

        gateway.Decisions.Notes.Select(note => (note.Decision, note.Result)).ShouldBe(
            [(decisions.Single(one => one.ToolCall == "c2").Id, ToolResult.Denied), (decisions.Single(one => one.ToolCall == "c1").Id, ToolResult.OfExit(0))], ignoreOrder: true);
        gateway.Decisions.All.Single(one => one.ToolCall == "c1").Result.ShouldBe(ToolResult.OfExit(0));
    }

    [Fact]
    public async Task Calls_with_the_same_id_are_told_apart_by_their_task_and_by_what_they_call()
    {
        await using var gateway = await StartAsync();
        Answered list = new("c1", "bash", """{"command":"ls"}""", "a"), make = new("c1", "bash", """{"command":"make"}""", "Error: no makefile");

        await SendAsync(gateway, Wire.OpenAiChat, Conversations.Write(Wire.OpenAiChat, [list]));
        await SendAsync(gateway, Wire.OpenAiChat, Conversations.Write(Wire.OpenAiChat, [list], [make]));
        await SendAsync(gateway, Wire.OpenAiChat, Conversations.Write(Wire.OpenAiChat, [list]), session: "ses_2");

        gateway.Decisions.Notes.Count.ShouldBe(3);
        gateway.Decisions.Notes.Select(note => note.Task).Distinct().Count().ShouldBe(2);
        gateway.Decisions.Notes[1].Result.End.ShouldBe(ToolEnd.Failure);
    }

    [Fact]
    public async Task The_same_call_again_under_the_same_id_counts_again_once_it_was_decided_again()
    {
        await using var gateway = await StartAsync();
        var list = new MadeCall("c1", "bash", "{\"command\":\"ls\"}", []);
        Answered answered = new("c1", "bash", list.Arguments, "a");

        await SendAsync(gateway, Wire.OpenAiChat, Conversations.Write(Wire.OpenAiChat), list);
        await SendAsync(gateway, Wire.OpenAiChat, Conversations.Write(Wire.OpenAiChat, [answered]), list);
        await SendAsync(gateway, Wire.OpenAiChat, Conversations.Write(Wire.OpenAiChat, [answered], [answered]));
        await SendAsync(gateway, Wire.OpenAiChat, Conversations.Write(Wire.OpenAiChat, [answered], [answered]));

        gateway.Decisions.Notes.Select(note => note.Decision).ShouldBe(gateway.Decisions.All.Select(decision => decision.Id));
        gateway.Decisions.All.ShouldAllBe(decision => decision.Result != null);
    }

    [Fact]
    public async Task Of_a_conversation_that_was_not_seen_before_only_the_last_turn_counts()
    {
        await using var gateway = await StartAsync();

        await SendAsync(gateway, Wire.OpenAiChat, Conversations.Write(Wire.OpenAiChat, [.. Enumerable.Range(0, 90).Select(number => new[] { new Answered($"c{number}", "bash", "{}", "a") })]));

        gateway.Decisions.Notes.ShouldHaveSingleItem().ToolCall.ShouldBe("c89");
    }

    [Fact]
    public async Task Results_that_were_missed_in_between_count_with_the_next()
    {
        await using var gateway = await StartAsync();
        IReadOnlyList<Answered>[] turns = [.. Enumerable.Range(0, 5).Select(number => new[] { new Answered($"c{number}", "bash", "{}", "a") })];

        await SendAsync(gateway, Wire.OpenAiChat, Conversations.Write(Wire.OpenAiChat, turns[..2]));
        await SendAsync(gateway, Wire.OpenAiChat, Conversations.Write(Wire.OpenAiChat, turns));

        gateway.Decisions.Notes.Select(note => note.ToolCall).ShouldBe(["c1", "c4", "c3", "c2"]);
    }

    [Fact]
    public async Task A_result_that_is_no_text_or_very_long_stops_nothing()
    {
        await using var gateway = await StartAsync();
        var odd = """{"model":"m","stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"go"},{"role":"assistant","tool_calls":[{"id":"c1","function":{"name":"bash","arguments":"{}"}}]},{"role":"tool","tool_call_id":"c1","content":"\ud800"}]}""";

        (await SendAsync(gateway, Wire.OpenAiChat, odd)).ShouldContain("[DONE]");
        await SendAsync(gateway, Wire.OpenAiChat, Conversations.Write(Wire.OpenAiChat, [new Answered("c2", "bash", "{}", "Error: " + string.Concat(Enumerable.Repeat("\\\"ä\n", 40_000)))]));

        gateway.Decisions.Notes.ShouldHaveSingleItem().Result.ShouldBe(ToolResult.Failure);
    }

    private static Task<GatewayUnderTest> StartAsync() => GatewayUnderTest.StartAsync(new()
    {
        Dialects = [.. new ServiceCollection().AddAgents().BuildServiceProvider().GetServices<IAgentDialect>()],
        Snapshot = address => Snapshots.Of([Snapshots.Provider("main", address)]).Under(Policies),
    });

    private static Task<string> SendAsync(GatewayUnderTest gateway, Wire wire, string body, params MadeCall[] calls) => SendAsync(gateway, wire, body, "ses_1", calls);

    private static async Task<string> SendAsync(GatewayUnderTest gateway, Wire wire, string body, string session, params MadeCall[] calls)
    {
        gateway.Upstream.Scripts.Clear();
        gateway.Upstream.Scripts.Enqueue(Answers.Stream(string.Concat(ToolStreams.Write(wire, calls, "text").Select(one => one.Write("\n")))));
        var path = wire switch { Wire.OpenAiChat => "/v1/chat/completions", Wire.AnthropicMessages => "/v1/messages", _ => "/v1/responses" };
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Paddock-Agent", "mine");
        request.Headers.Add("X-Paddock-Task", session);
        using var answer = await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }
}
