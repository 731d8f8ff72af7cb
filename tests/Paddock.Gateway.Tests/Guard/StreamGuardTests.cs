using System.Text;
using CsCheck;
using Paddock.Core.Models;
using Paddock.Gateway.Guard;
using Paddock.Gateway.Tests.Rig;
using Paddock.Testing;

namespace Paddock.Gateway.Tests.Guard;

/// <summary>What becomes of tool calls in answers, whatever the wire and wherever it is cut.</summary>
public sealed class StreamGuardTests
{
    private static readonly Gen<string> LineEnds = Gen.OneOfConst("\n", "\n", "\r\n", "\r");

    public static TheoryData<string, Wire> Paths => new()
    {
        { "/v1/chat/completions", Wire.OpenAiChat },
        { "/v1/responses", Wire.OpenAiResponses },
        { "/v1/messages", Wire.AnthropicMessages },
    };

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task What_is_allowed_passes_as_it_was_and_nothing_of_what_is_refused_gets_out(string path, Wire wire)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new() { Judge = new WordJudge() });
        await Gen.Select(ToolStreams.Calls, ToolStreams.Texts, LineEnds, Cuts.Places).SampleAsync(
            async (calls, text, lineEnd, places) =>
            {
                var sent = string.Concat(ToolStreams.Write(wire, calls, text).Select(one => one.Write(lineEnd)));
                var got = await AskAsync(gateway, path, Answers.Stream(Cuts.Cut(Encoding.UTF8.GetBytes(sent), places)), stream: true);

                Check(wire, calls, text, sent, got, stream: true);
            },
            iter: Samples.Of(150),
            threads: 1);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task The_same_holds_for_answers_in_one_piece(string path, Wire wire)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new() { Judge = new WordJudge() });
        await Gen.Select(ToolStreams.Calls, ToolStreams.Texts).SampleAsync(
            async (calls, text) =>
            {
                var sent = ToolStreams.WritePlain(wire, calls, text);
                var got = await AskAsync(gateway, path, Answers.Json(sent), stream: false);

                Check(wire, calls, text, sent, got, stream: false);
            },
            iter: Samples.Of(150),
            threads: 1);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task A_stream_may_be_cut_at_every_byte(string path, Wire wire)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new() { Judge = new WordJudge() });
        MadeCall[] calls = [new("call_0", "edit", """{"path":"ok","text":"\ud83d\ude00 \"}\\"}""", [0.3, 0.6]), new("call_1", "bash", """{"command":"forbidden secret-tail"}""", [0.5]), new("call_2", "bash", """{"command":"ls"}""", [])];
        var sent = string.Concat(ToolStreams.Write(wire, calls, "some text").Select(one => one.Write("\n")));
        var bytes = Encoding.UTF8.GetBytes(sent);
        var step = (int)Math.Max(1, 40 / Samples.Of(1));

        for (var at = 1; at < bytes.Length; at += step)
        {
            var got = await AskAsync(gateway, path, Answers.Stream([bytes[..at], bytes[at..]]), stream: true);

            Check(wire, calls, "some text", sent, got, stream: true);
        }
    }

    [Theory]
    [InlineData("a member twice", """{"path":"ok","text":"x","path":"forbidden"}""")]
    [InlineData("the same member with escapes", """{"path":"ok","p\u0061th":"forbidden"}""")]
    [InlineData("a second object behind the first", """{"path":"ok"}{"path":"forbidden"}""")]
    [InlineData("a broken end", """{"path":"ok","text":forbidden}""")]
    [InlineData("no end", """{"path":"ok","text":["forbidden"}""")]
    public async Task What_was_allowed_by_its_path_and_turns_out_otherwise_cannot_be_run(string what, string arguments)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new() { Judge = new WordJudge() });
        MadeCall[] calls = [new("call_0", "edit", arguments, [.. Enumerable.Range(0, 40).Select(i => i / 40.0)])];
        var sent = string.Concat(ToolStreams.Write(Wire.OpenAiChat, calls, "text").Select(one => one.Write("\n")));

        var got = await AskAsync(gateway, "/v1/chat/completions", Answers.Stream(sent), stream: true);

        got.ShouldContain("not_evaluated", customMessage: what);
        got.ShouldNotContain("tool_calls\"}"); // no finish
        got.ShouldNotContain("[DONE]");
        var passed = string.Concat(got.Split('\n').Where(line => line.Contains("arguments", StringComparison.Ordinal)).Select(line => System.Text.Json.JsonDocument.Parse(line[6..]).RootElement.GetProperty("choices")[0].GetProperty("delta").GetProperty("tool_calls")[0].GetProperty("function").GetProperty("arguments").GetString()));
        arguments.ShouldStartWith(passed);
        (passed == """{"path":"ok"}""" || !IsJson(passed)).ShouldBeTrue(passed); // the first object by itself is the call that was allowed
        (await gateway.Ledger.NextAsync(TestContext.Current.CancellationToken)).Closing!.ErrorClass.ShouldBe("not_evaluated");
    }

    [Theory]
    [InlineData("""{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"name":"bash","arguments":"{}","arguments":"{\"x\":\"forbidden\"}"}}]}}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"tool_calls":[]},"delta":{"tool_calls":[{"index":0,"function":{"name":"bash","arguments":"forbidden"}}]}}]}""")]
    [InlineData("""{"choices":[{"index":"0","delta":{"tool_calls":[{"index":0,"function":{"name":"bash","arguments":"forbidden"}}]}}]}""")]
    [InlineData("""{"x":NaN,"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"name":"bash","arguments":"forbidden"}}]}}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"tool_calls":["forbidden"]}}]}""")]
    public async Task An_event_that_two_readers_could_read_in_two_ways_ends_the_answer(string data)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new() { Judge = new WordJudge() });

        var got = await AskAsync(gateway, "/v1/chat/completions", Answers.Stream("data: {\"choices\":[{\"delta\":{\"content\":\"hi\"}}]}\n\ndata: " + data + "\n\ndata: [DONE]\n\n"), stream: true);

        got.ShouldContain("hi");
        got.ShouldContain("not_evaluated");
        got.ShouldNotContain("forbidden");
        got.ShouldNotContain("[DONE]");
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task A_plain_answer_under_the_type_of_a_stream_does_not_pass_with_a_call(string path, Wire wire)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new() { Judge = new WordJudge() });
        var plain = ToolStreams.WritePlain(wire, [new("call_0", "bash", """{"command":"forbidden"}""", [])], "text");
        string[] disguises = [plain, plain + "\n\n", "\uFEFF \n" + plain, plain.Replace(",\"", ",\n\n\"", StringComparison.Ordinal), wire is Wire.OpenAiChat ? "data: [" + plain + "]\n\n" : plain];

        foreach (var disguise in disguises)
        {
            var got = await AskAsync(gateway, path, Answers.Stream(disguise), stream: false);

            got.ShouldNotContain("forbidden");
            got.ShouldContain("\"error\"");
        }
    }

    [Fact]
    public async Task An_error_under_the_type_of_a_stream_passes()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new() { Judge = new WordJudge() });
        const string Sent = """{"error":{"message":"no such model","type":"invalid_request_error"}}""";

        (await AskAsync(gateway, "/v1/chat/completions", Answers.Stream(Sent), stream: false)).ShouldBe(Sent);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task A_call_that_breaks_off_is_not_passed_on(string path, Wire wire)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new() { Judge = new WordJudge() });
        var events = ToolStreams.Write(wire, [new("call_0", "bash", """{"command":"ls secret", "x":1}""", [0.2, 0.9])], "text");
        var cut = events.FindIndex(one => one.Lines[^1].Contains("secret", StringComparison.Ordinal)) + 1;
        var sent = string.Concat(events.Take(cut).Select(one => one.Write("\n")));

        var got = await AskAsync(gateway, path, Answers.Stream(sent), stream: true);

        got.ShouldContain("text");
        got.ShouldNotContain("secret");
    }

    [Fact]
    public async Task Without_enforcement_even_what_cannot_be_judged_passes()
    {
        var judge = new WordJudge { Watch = Watch.Record };
        await using var gateway = await GatewayUnderTest.StartAsync(new() { Judge = judge });
        const string Sent = "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"name\":\"bash\",\"arguments\":\"{\\\"a\\\":1,\\\"a\\\":2}\"}}]}}]}\n\ndata: {\"choices\":[{\"delta\":{},\"delta\":{\"tool_calls\":[1]}}]}\n\ndata: [DONE]\n\n";

        var got = await AskAsync(gateway, "/v1/chat/completions", Answers.Stream(Sent), stream: true);

        got.ShouldBe(Sent);
    }

    private static void Check(Wire wire, MadeCall[] calls, string text, string sent, string got, bool stream)
    {
        var client = ToolClient.Read(wire, got, stream);
        var taken = calls.Count(IsTakenOut);
        var said = Enumerable.Repeat(WordJudge.Said, taken);
        client.Text.ShouldBe(stream ? text + string.Concat(said) : wire is Wire.OpenAiChat ? string.Join("\n\n", said.Prepend(text).Where(part => part.Length > 0)) : text);
        got.Split("[Paddock]").Length.ShouldBeGreaterThan(taken);
        client.Ended.ShouldBeTrue();
        if (taken > 0 && taken == calls.Length)
        {
            got.ShouldNotContain(wire is Wire.AnthropicMessages ? "tool_use" : wire is Wire.OpenAiChat ? "\"finish_reason\":\"tool_calls\"" : "function_call");
        }

        client.Calls().ShouldBe(calls.Where(call => !IsTakenOut(call)).Select(call => $"{call.Id} {call.Name} {(IsRefused(call) ? WordJudge.Replacement : wire is Wire.AnthropicMessages && call.Arguments.Length == 0 && !stream ? "{}" : call.Arguments)}"));
        if (!calls.Any(IsRefused))
        {
            got.ShouldBeSameAs(sent);
        }
        else if (calls.Where(call => !IsRefused(call)).All(call => !call.Arguments.Contains(WordJudge.Forbidden, StringComparison.Ordinal)))
        {
            got.ShouldNotContain(WordJudge.Forbidden);
            got.ShouldNotContain("secret");
        }
    }

    private static bool IsJson(string text)
    {
        try
        {
            return System.Text.Json.JsonDocument.Parse(text) is not null;
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }

    private static bool IsTakenOut(MadeCall call) => call.Name == "delete_it" && IsRefused(call);

    private static bool IsRefused(MadeCall call) => call.Arguments.Contains(WordJudge.Forbidden, StringComparison.Ordinal) && !(call.Name == "edit" && call.Arguments.StartsWith("{\"path\":\"ok\"", StringComparison.Ordinal));

    private static async Task<string> AskAsync(GatewayUnderTest gateway, string path, UpstreamScript script, bool stream)
    {
        gateway.Upstream.Scripts.Clear();
        gateway.Upstream.Scripts.Enqueue(script);
        var body = stream ? """{"model":"m","stream":true,"stream_options":{"include_usage":true}}""" : """{"model":"m"}""";
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await gateway.Http.PostAsync(path, content, TestContext.Current.CancellationToken);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
