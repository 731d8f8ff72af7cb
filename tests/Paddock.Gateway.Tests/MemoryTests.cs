using System.Net;
using System.Text;
using Paddock.Core.Ledger;
using Paddock.Gateway.Tests.Rig;

namespace Paddock.Gateway.Tests;

/// <summary>What a provider sends is held within limits: what does not fit goes through unread, and nothing of it is lost.</summary>
public class MemoryTests
{
    private const string Usage = "\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":2}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1 << 20, true)]
    [InlineData(40 << 10, false)]
    public async Task A_plain_answer_for_which_there_is_no_room_goes_through_unread(long room, bool read)
    {
        var answer = $$"""{"choices":[{"message":{"content":"{{new string('x', 100_000)}}"},"finish_reason":"stop"}],{{Usage}}}""";
        await using var gateway = await StartAsync(new() { MaxBufferedBytesPerKey = room });
        gateway.Upstream.Scripts.Enqueue(Answers.Json(answer));

        var (status, body) = await AskAsync(gateway, stream: false);

        (status, body == answer).ShouldBe((HttpStatusCode.OK, true));
        await ShouldBeMeteredAsync(gateway, exactly: read);
    }

    [Theory]
    [InlineData(1 << 20, true)]
    [InlineData(40 << 10, false)]
    public async Task An_event_for_which_there_is_no_room_goes_through_unread(long room, bool read)
    {
        var answer = $"data: {{\"choices\":[{{\"delta\":{{\"content\":\"{new string('x', 100_000)}\"}},\"finish_reason\":\"stop\"}}],{Usage}}}\n\ndata: [DONE]\n\n";
        await using var gateway = await StartAsync(new() { MaxBufferedBytesPerKey = room });
        gateway.Upstream.Scripts.Enqueue(Answers.Stream(answer));

        var (status, body) = await AskAsync(gateway, stream: true);

        (status, body == answer).ShouldBe((HttpStatusCode.OK, true));
        await ShouldBeMeteredAsync(gateway, exactly: read);
    }

    [Fact]
    public async Task A_stream_that_never_comes_to_the_point_is_passed_on_instead_of_held()
    {
        var nothing = string.Concat(Enumerable.Repeat("data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n", 2_000));
        await using var gateway = await StartAsync(new() { MaxEventBytes = 16 << 10, CommitAfter = TimeSpan.FromHours(1) });
        gateway.Upstream.Scripts.Enqueue(Answers.Stream(nothing, AfterScript.Hang));

        using var request = Request(stream: true);
        using var answer = await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        gateway.BufferedBytes.ShouldBeLessThan(128 << 10);
    }

    private static async Task ShouldBeMeteredAsync(GatewayUnderTest gateway, bool exactly)
    {
        var closing = (await gateway.Ledger.NextAsync(Cancellation)).Closing!;
        (closing.Estimated, closing.Usage.Total > 0).ShouldBe((!exactly, true));
        gateway.BufferedBytes.ShouldBe(0);
    }

    private static Task<GatewayUnderTest> StartAsync(GatewayOptions options) => GatewayUnderTest.StartAsync(new() { Options = options });

    private static async Task<(HttpStatusCode Status, string Body)> AskAsync(GatewayUnderTest gateway, bool stream)
    {
        using var request = Request(stream);
        using var answer = await gateway.Http.SendAsync(request, Cancellation);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    private static HttpRequestMessage Request(bool stream) => new(HttpMethod.Post, "/v1/chat/completions")
    {
        Content = new StringContent($$"""{"model":"m","stream":{{(stream ? "true,\"stream_options\":{\"include_usage\":true}" : "false")}},"messages":[{"role":"user","content":"hi"}]}""", Encoding.UTF8, "application/json"),
    };
}
