using System.Text;
using CsCheck;
using Paddock.Core.Ledger;
using Paddock.Core.Models;
using Paddock.Gateway.Tests.Rig;
using Paddock.Testing;

namespace Paddock.Gateway.Tests.Guard;

/// <summary>Streams cut at every byte: what the client has does not depend on it, and nothing of refused arguments is in it.</summary>
public sealed class CutStreamTests
{
    [Theory]
    [MemberData(nameof(CutScene.Names), MemberType = typeof(CutScene))]
    public async Task A_stream_cut_at_every_byte_says_the_same(string name, Wire wire)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var (relay, scene) = (new RelayUnderTest(gateway), CutScene.Of(name));
        foreach (var (lineEnd, colon, step) in ((string, string, int)[])[("\n", ": ", 1), ("\r\n", ": ", 5), ("\r", ": ", 7), ("\n", ":", 5)])
        {
            var sent = string.Concat(scene.Events(wire).Select(one => one.Write(lineEnd))).Replace("data: ", "data" + colon, StringComparison.Ordinal);
            var bytes = Encoding.UTF8.GetBytes(sent);
            var whole = await RunAsync(relay, scene, wire, [bytes]);
            Check(scene, wire, sent, whole);
            for (var at = 1; at < bytes.Length; at += Samples.Of(1) > 1 ? 1 : step)
            {
                Said(scene, await RunAsync(relay, scene, wire, [bytes[..at], bytes[at..]])).ShouldBe(Said(scene, whole), $"cut at {at}");
            }

            Said(scene, await RunAsync(relay, scene, wire, [.. bytes.Select(one => new[] { one })])).ShouldBe(Said(scene, whole), "every byte by itself");
        }
    }

    [Theory]
    [MemberData(nameof(CutScene.Names), MemberType = typeof(CutScene))]
    public async Task A_stream_cut_at_several_bytes_says_the_same(string name, Wire wire)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var (relay, scene) = (new RelayUnderTest(gateway), CutScene.Of(name));
        var bytes = Encoding.UTF8.GetBytes(string.Concat(scene.Events(wire).Select(one => one.Write("\n"))));
        var whole = await RunAsync(relay, scene, wire, [bytes]);

        await Cuts.Places.SampleAsync(async places => (await RunAsync(relay, scene, wire, Cuts.Cut(bytes, places))).Got == whole.Got, iter: Samples.Of(50), threads: 1);
    }

    [Fact]
    public async Task A_call_longer_than_may_be_held_is_refused_and_what_was_allowed_whatever_it_says_flows_on()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new() { Options = new() { MaxEventBytes = 64 << 10 } });
        var relay = new RelayUnderTest(gateway);
        var arguments = $$"""{"command":"{{new string('ζ', 300_000)}}"}""";
        var cuts = Enumerable.Range(1, 999).Select(i => i / 1000.0).ToArray();

        var refused = await relay.RunAsync(Wire.OpenAiChat, Reads("bash"), new WordJudge());
        var passed = await relay.RunAsync(Wire.OpenAiChat, Reads("think"), new WordJudge());

        CutScene.Leaks(refused.Got).ShouldBeFalse();
        ToolClient.Read(Wire.OpenAiChat, refused.Got, stream: true).Calls().ShouldBe(["call_0 bash " + WordJudge.Replacement]);
        ToolClient.Read(Wire.OpenAiChat, passed.Got, stream: true).Calls().ShouldBe(["call_0 think " + arguments]);
        (refused.Exchange.Answer.Usage.Input, passed.Exchange.Answer.Usage.Input).ShouldBe((10, 10));

        List<byte[]> Reads(string tool) => ToolStreams.Write(Wire.OpenAiChat, [new("call_0", tool, arguments, cuts)], "text").ConvertAll(one => Encoding.UTF8.GetBytes(one.Write("\n")));
    }

    private static async Task<RelayUnderTest.Relayed> RunAsync(RelayUnderTest relay, CutScene scene, Wire wire, IReadOnlyList<byte[]> reads)
    {
        var judge = scene.Judge();
        return await relay.RunAsync(wire, reads, judge, () => judge.Answer.TrySetResult(scene.Yes ?? true));
    }

    /// <summary>Byte for byte where nothing is refused. Where an event goes or comes in, the second half of a line's end that was cut may be an empty line more.</summary>
    private static string Said(CutScene scene, RelayUnderTest.Relayed relayed)
    {
        var said = relayed.Got;
        if (scene.Ending is not Ending.Same)
        {
            said = said.ReplaceLineEndings("\n");
            while (said.Contains("\n\n\n", StringComparison.Ordinal))
            {
                said = said.Replace("\n\n\n", "\n\n", StringComparison.Ordinal);
            }
        }

        return said;
    }

    private static void Check(CutScene scene, Wire wire, string sent, RelayUnderTest.Relayed relayed)
    {
        var (got, answer) = (relayed.Got, relayed.Exchange.Answer);
        if (scene.Ending is Ending.Same)
        {
            got.ShouldBe(sent);
        }
        else
        {
            CutScene.Leaks(got).ShouldBeFalse(got);
            CutScene.Leaks(sent).ShouldBeTrue();
        }

        if (scene.Ending is Ending.Broken)
        {
            got.ShouldContain("cannot be judged", customMessage: got);
            string[] ends = ["[DONE]", "message_stop", "response.completed"];
            ends.ShouldAllBe(end => !got.Contains(end, StringComparison.Ordinal));
            relayed.Exchange.Outcome.ShouldBe(CallOutcome.Partial);
            return;
        }

        relayed.Exchange.Outcome.ShouldBe(CallOutcome.Complete);
        (answer.Usage.Input, answer.Usage.Output).ShouldBe((10, 5)); // counted whatever became of the calls
        if (scene.Name is "text after the call, denied" or "text after the call, allowed")
        {
            got.ShouldContain("after");
        }

        if (scene.Name is "parallel")
        {
            ToolClient.Read(wire, got, stream: true).Calls().Select(call => call[..call.IndexOf('{', StringComparison.Ordinal)]).ShouldBe(["call_0 edit ", "call_1 bash ", "call_2 bash ", "call_3 bash ", "call_4 edit "]);
        }
    }
}
