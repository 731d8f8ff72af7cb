using System.Text;
using Paddock.Core.Ledger;
using Paddock.Core.Models;
using Paddock.Gateway.Tests.Rig;

namespace Paddock.Gateway.Tests.Guard;

/// <summary>A call that waits for a person: what came before it is with the client, what came after it waits too.</summary>
public sealed class HeldCallTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static readonly MadeCall[] calls = [new("call_0", "bash", """{"command":"ls"}""", []), new("call_1", "ask", """{"command":"git push secret"}""", [0.5]), new("call_2", "bash", """{"command":"later"}""", [])];

    [Theory]
    [MemberData(nameof(StreamGuardTests.Paths), MemberType = typeof(StreamGuardTests))]
    public async Task A_held_call_leaves_when_somebody_says_yes_as_it_was(string path, Wire wire)
    {
        var judge = new WordJudge();
        await using var gateway = await GatewayUnderTest.StartAsync(new() { Judge = judge, Options = new() { PingEvery = TimeSpan.FromMilliseconds(5) } });
        var sent = string.Concat(ToolStreams.Write(wire, calls, "some text").Select(one => one.Write("\n")));
        gateway.Upstream.Scripts.Enqueue(Answers.Stream(sent));

        using var answer = await AskAsync(gateway, path);
        await using var stream = await answer.Content.ReadAsStreamAsync(Cancellation);
        var before = await ReadUntilAsync(stream, wire is Wire.AnthropicMessages ? "event: ping\n" : ": held by policy\n");
        judge.Answer.SetResult(true);
        var all = before + await new StreamReader(stream).ReadToEndAsync(Cancellation);

        before.ShouldContain("some text");
        before.ShouldContain("call_0");
        before.ShouldNotContain("call_1");
        before.ShouldNotContain("later");
        var ping = wire is Wire.AnthropicMessages ? "event: ping\ndata: {\"type\": \"ping\"}\n\n" : ": held by policy\n\n";
        all.Replace(ping, "", StringComparison.Ordinal).ShouldBe(sent);
        (await gateway.Ledger.NextAsync(Cancellation)).Closing!.Outcome.ShouldBe(CallOutcome.Complete);
    }

    [Theory]
    [MemberData(nameof(StreamGuardTests.Paths), MemberType = typeof(StreamGuardTests))]
    public async Task A_held_call_is_refused_when_somebody_says_no(string path, Wire wire)
    {
        var judge = new WordJudge();
        await using var gateway = await GatewayUnderTest.StartAsync(new() { Judge = judge });
        gateway.Upstream.Scripts.Enqueue(Answers.Stream(string.Concat(ToolStreams.Write(wire, calls, "some text").Select(one => one.Write("\n")))));

        using var answer = await AskAsync(gateway, path);
        judge.Answer.SetResult(false);
        var all = await answer.Content.ReadAsStringAsync(Cancellation);

        all.ShouldNotContain("secret");
        ToolClient.Read(wire, all, stream: true).Calls().ShouldBe(["call_0 bash " + calls[0].Arguments, "call_1 ask " + WordJudge.Replacement, "call_2 bash " + calls[2].Arguments]);
    }

    [Theory]
    [MemberData(nameof(StreamGuardTests.Paths), MemberType = typeof(StreamGuardTests))]
    public async Task A_plain_answer_waits_as_a_whole(string path, Wire wire)
    {
        var judge = new WordJudge();
        await using var gateway = await GatewayUnderTest.StartAsync(new() { Judge = judge });
        var sent = ToolStreams.WritePlain(wire, calls, "some text");
        gateway.Upstream.Scripts.Enqueue(Answers.Json(sent));

        var asked = gateway.Http.PostAsync(path, new StringContent("""{"model":"m"}""", Encoding.UTF8, "application/json"), Cancellation);
        judge.Answer.SetResult(true);
        using var answer = await asked;

        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldBe(sent);
    }

    [Fact]
    public async Task A_line_end_behind_its_arguments_changes_nothing_of_a_held_call()
    {
        var judge = new WordJudge();
        judge.Answer.SetResult(true);
        await using var gateway = await GatewayUnderTest.StartAsync(new() { Judge = judge });
        const string Sent = """
            data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"ask","arguments":"{\"x\":1}"}}]}}]}

            data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"\n"}}]}}]}

            data: {"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}

            data: [DONE]


            """;
        gateway.Upstream.Scripts.Enqueue(Answers.Stream(Sent));

        using var answer = await AskAsync(gateway, "/v1/chat/completions");

        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldBe(Sent);
    }

    [Fact]
    public async Task A_client_that_leaves_while_a_call_is_held_ends_the_call()
    {
        var judge = new WordJudge();
        await using var gateway = await GatewayUnderTest.StartAsync(new() { Judge = judge, Options = new() { PingEvery = TimeSpan.FromMilliseconds(5) } });
        gateway.Upstream.Scripts.Enqueue(Answers.Stream(string.Concat(ToolStreams.Write(Wire.OpenAiChat, calls, "some text").Select(one => one.Write("\n")))));

        using (var answer = await AskAsync(gateway, "/v1/chat/completions"))
        {
            await using var stream = await answer.Content.ReadAsStreamAsync(Cancellation);
            await ReadUntilAsync(stream, ": held by policy\n");
        }

        (await gateway.Ledger.NextAsync(Cancellation)).Closing!.Outcome.ShouldBe(CallOutcome.Aborted);
        judge.Answer.Task.IsCompleted.ShouldBeFalse();
    }

    private static async Task<HttpResponseMessage> AskAsync(GatewayUnderTest gateway, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent("""{"model":"m","stream":true,"stream_options":{"include_usage":true}}""", Encoding.UTF8, "application/json") };
        return await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
    }

    private static async Task<string> ReadUntilAsync(Stream stream, string mark)
    {
        var text = "";
        var buffer = new byte[4096];
        while (!text.Contains(mark, StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, Cancellation);
            read.ShouldBeGreaterThan(0, text);
            text += Encoding.UTF8.GetString(buffer, 0, read);
        }

        return text;
    }
}
