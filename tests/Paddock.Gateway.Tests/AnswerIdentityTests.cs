using System.Net;
using System.Text;
using CsCheck;
using Paddock.Core.Models;
using Paddock.Gateway.Tests.Rig;
using Paddock.Testing;

namespace Paddock.Gateway.Tests;

/// <summary>Answers reach the client byte for byte, but for the splices of docs/wires.md; what those do is said here a second time.</summary>
public sealed class AnswerIdentityTests
{
    private static readonly Gen<string> LineEnds = Gen.OneOfConst("\n", "\n", "\r\n", "\r");

    private static readonly Gen<Framing> Framings = Gen.OneOfConst(Framing.Chunked, Framing.Chunked, Framing.Length, Framing.UntilClosed);

    private static readonly Gen<Way> Ways = Gen.Select(Cuts.Codings, Cuts.Places, Framings, (coding, places, framing) => new Way(coding, places, framing));

    [Theory]
    [InlineData("/v1/chat/completions", Wire.OpenAiChat, false)]
    [InlineData("/v1/chat/completions", Wire.OpenAiChat, true)]
    [InlineData("/v1/responses", Wire.OpenAiResponses, false)]
    [InlineData("/v1/messages", Wire.AnthropicMessages, false)]
    [InlineData(ProxiedDialect.Path, Wire.OpenAiChat, false)]
    [InlineData(ProxiedDialect.Path, Wire.OpenAiChat, true)]
    public async Task Whatever_a_provider_streams_reaches_the_client_as_it_was(string path, Wire wire, bool asksForUsage)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new() { Dialects = [new ProxiedDialect()] });
        var body = asksForUsage ? """{"model":"m","stream":true,"stream_options":{"include_usage":true}}""" : """{"model":"m","stream":true}""";
        await Gen.Select(EventTexts.Of(wire), LineEnds, Gen.OneOfConst("", "data: {\"cut\":", ": no end"), Ways).SampleAsync(
            async (events, lineEnd, rest, way) =>
            {
                var sent = string.Concat(events.Select(one => one.Write(lineEnd))) + rest;
                gateway.Upstream.Scripts.Clear();
                gateway.Upstream.Scripts.Enqueue(way.Script(Encoding.UTF8.GetBytes(sent), "Content-Type: text/event-stream; charset=utf-8"));

                var (status, got) = await PostAsync(gateway, path, body);

                status.ShouldBe(HttpStatusCode.OK);
                var passed = events.Where(one => asksForUsage || wire is not Wire.OpenAiChat || !one.UsageOnly).Select(one => path == ProxiedDialect.Path && one.Cost is { } cost ? one.WithCost(cost) : one);
                Encoding.UTF8.GetString(got).ShouldBeSameAs(string.Concat(passed.Select(one => one.Write(lineEnd))) + rest);
            },
            iter: Samples.Of(200),
            threads: 1);
    }

    [Theory]
    [InlineData("/v1/chat/completions")]
    [InlineData("/v1/responses")]
    [InlineData("/v1/messages")]
    [InlineData("/v1/messages/count_tokens")]
    public async Task Whatever_a_provider_answers_in_one_piece_reaches_the_client_as_it_was(string path)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var bodies = Gen.OneOf(JsonTexts.Values.Select(Encoding.UTF8.GetBytes), Gen.Byte.Array[0, 300], Gen.Int[4_000, 70_000].Select(length => Encoding.UTF8.GetBytes($"{{\"filling\":\"{new string('é', length)}\"}}")));
        await Gen.Select(bodies, Gen.OneOfConst(200, 201, 400, 404, 429, 500, 503, 529), Gen.OneOfConst("application/json", "application/json; charset=utf-8", "text/plain", "text/html"), Gen.Bool, Ways).SampleAsync(
            async (sent, status, type, stream, way) =>
            {
                gateway.Upstream.Scripts.Clear();
                gateway.Upstream.Scripts.Enqueue(way.Script(sent, status, $"Content-Type: {type}"));

                var (code, got) = await PostAsync(gateway, path, stream ? """{"model":"m","stream":true,"stream_options":{"include_usage":true}}""" : """{"model":"m"}""");

                ((int)code).ShouldBe(status);
                Encoding.Latin1.GetString(got).ShouldBeSameAs(Encoding.Latin1.GetString(sent));
            },
            iter: Samples.Of(200),
            threads: 1);
    }

    [Fact]
    public async Task The_cost_of_a_plain_answer_is_told_in_its_usage_and_nothing_else_is_changed()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new() { Dialects = [new ProxiedDialect()] });
        await Gen.Select(Gen.Int[1, 9_999], Gen.Int[0, 9_999], JsonTexts.Values, Ways).SampleAsync(
            async (input, output, odd, way) =>
            {
                string Body(string cost) => $$$"""{"x":{{{odd}}},"usage":{"prompt_tokens":{{{input}}},"completion_tokens":{{{output}}}{{{cost}}}}, "choices":[{"message":{"content":{{{odd}}}},"finish_reason":"stop"}]}""";
                gateway.Upstream.Scripts.Clear();
                gateway.Upstream.Scripts.Enqueue(way.Script(Encoding.UTF8.GetBytes(Body("")), "Content-Type: application/json"));

                var (_, got) = await PostAsync(gateway, ProxiedDialect.Path, """{"model":"m"}""");

                var usd = ((input * 3_000L) + (output * 15_000L)) / 1_000_000_000m;
                Encoding.UTF8.GetString(got).ShouldBeSameAs(Body(",\"cost\":" + usd.ToString("0.#########", System.Globalization.CultureInfo.InvariantCulture)));
            },
            iter: Samples.Of(100),
            threads: 1);
    }

    [Fact]
    public async Task Headers_of_an_answer_pass_but_for_those_of_the_connection()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Scripts.Enqueue(Answers.Json("{}", 429, "x-ratelimit-remaining-tokens: 9", "Retry-After: 7", "X-Odd: a, b;c=\"d\"", "X-Twice: 1", "X-Twice: 2", "Set-Cookie: id=1", "Keep-Alive: timeout=5", "Server: provider"));

        using var answer = await gateway.Http.PostAsync("/v1/messages", new StringContent("""{"model":"m"}""", Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

        string[] Of(string name) => answer.Headers.NonValidated.TryGetValues(name, out var values) ? [.. values] : [];
        string.Join('|', ((string[])["x-ratelimit-remaining-tokens", "Retry-After", "X-Odd", "X-Twice", "Server", "Set-Cookie", "Keep-Alive"]).Select(name => string.Join('+', Of(name)))).ShouldBe("9|7|a, b;c=\"d\"|1+2|provider||");
    }

    private static async Task<(HttpStatusCode Status, byte[] Body)> PostAsync(GatewayUnderTest gateway, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await gateway.Http.PostAsync(path, content, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>How an answer ends (RFC 9112 §6.3).</summary>
    public enum Framing
    {
        Chunked,
        Length,
        UntilClosed,
    }

    private sealed record Way(string Coding, double[] Places, Framing Framing)
    {
        public UpstreamScript Script(byte[] body, params string[] headers) => Script(body, 200, headers);

        public UpstreamScript Script(byte[] body, int status, params string[] headers)
        {
            var packed = Cuts.Pack(body, Coding);
            string[] all =
            [
                .. headers, .. Coding.Length == 0 ? (string[])[] : ["Content-Encoding: " + Coding],
                Framing switch { Framing.Chunked => "Transfer-Encoding: chunked", Framing.Length => $"Content-Length: {packed.Length}", _ => "Connection: close" },
            ];
            var head = Encoding.ASCII.GetBytes($"HTTP/1.1 {status} Status\r\n{string.Join("\r\n", all)}\r\n\r\n");
            IEnumerable<byte[]> parts = Cuts.Cut(packed, Places);
            parts = Framing is Framing.Chunked ? [.. parts.Select(Answers.Chunk), "0\r\n\r\n"u8.ToArray()] : parts;
            return new([head, .. parts], Framing is Framing.UntilClosed ? AfterScript.Close : AfterScript.KeepAlive);
        }
    }
}
