using System.Net;
using System.Text;
using System.Text.Json;
using Paddock.Core.Ledger;
using Paddock.Core.Models;
using Paddock.Gateway.Tests.Rig;

namespace Paddock.Gateway.Tests;

public class PipelineTests
{
    private const string ChatRequest = """{"model":"m-1","messages":[{"role":"system","content":"be good"},{"role":"user","content":"hi"}]}""";

    private const string ChatAnswer = """{"id":"c1","object":"chat.completion","model":"m-1-2026","choices":[{"index":0,"message":{"role":"assistant","content":"hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":100,"completion_tokens":20,"prompt_tokens_details":{"cached_tokens":40}}}""";

    [Fact]
    public async Task A_plain_call_is_forwarded_answered_metered_and_recorded()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Scripts.Enqueue(Answers.Json(ChatAnswer, 200, "x-request-id: req-7", "x-ratelimit-remaining-tokens: 9"));

        var answer = await gateway.Http.PostAsync("/v1/chat/completions", Json(ChatRequest), TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe(ChatAnswer);
        answer.Headers.GetValues("x-ratelimit-remaining-tokens").ShouldBe(["9"]);
        var row = await gateway.Ledger.NextAsync(TestContext.Current.CancellationToken);
        row.Closing!.Outcome.ShouldBe(CallOutcome.Complete);
        row.Closing.Usage.ShouldBe(new TokenUsage { Input = 60, CacheRead = 40, Output = 20 });
        row.Closing.CostNanoUsd.ShouldBe((60 * 3000) + (40 * 300) + (20 * 15000));
        row.Closing.ModelServed.ShouldBe("m-1-2026");
        row.Closing.Finish.ShouldBe("stop");
        row.Closing.Attempts.Single().RequestId.ShouldBe("req-7");
        row.Opening.ModelAsked.ShouldBe("m-1");
        row.Opening.SystemHash.ShouldNotBeNull();
        row.Opening.ToolsHash.ShouldBeNull();
    }

    [Fact]
    public async Task The_request_goes_upstream_byte_for_byte_without_the_key()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Scripts.Enqueue(Answers.Json(ChatAnswer));
        const string odd = """ { "model" :"m-1", "unknown\u0041":[1e5, {"a":null}],  "messages":[ ] } """;

        await gateway.Http.PostAsync("/v1/chat/completions", Json(odd), TestContext.Current.CancellationToken);

        var seen = gateway.Upstream.Seen.Single();
        Encoding.UTF8.GetString(seen.Body).ShouldBe(odd);
        seen.RequestLine.ShouldBe("POST /up/chat/completions HTTP/1.1");
        seen.Header("Authorization").ShouldBeNull();
        seen.Header("Accept-Encoding").ShouldBe("identity");
    }

    [Fact]
    public async Task A_refusal_that_stays_tells_any_client_not_to_try_again()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();

        var answer = await gateway.Client("pk_wrong").PostAsync("/v1/chat/completions", Json(ChatRequest), TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Headers.GetValues("x-should-retry").ShouldBe(["false"]);
    }

    [Fact]
    public async Task A_streamed_chat_gets_usage_asked_for_and_the_extra_chunk_taken_out()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        const string first = "data: {\"model\":\"m\",\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n";
        const string second = "data: {\"choices\":[{\"delta\":{\"content\":\"hi\"},\"finish_reason\":\"stop\"}]}\n\n";
        const string usage = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":2}}\n\n";
        const string done = "data: [DONE]\n\n";
        gateway.Upstream.Scripts.Enqueue(Answers.Stream(first + second + usage + done));

        var answer = await gateway.Http.PostAsync("/v1/chat/completions", Json("""{"model":"m-1","stream":true,"messages":[]}"""), TestContext.Current.CancellationToken);

        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe(first + second + done);
        Encoding.UTF8.GetString(gateway.Upstream.Seen.Single().Body).ShouldBe("""{"model":"m-1","stream":true,"messages":[],"stream_options":{"include_usage":true}}""");
        var row = await gateway.Ledger.NextAsync(TestContext.Current.CancellationToken);
        row.Closing!.Outcome.ShouldBe(CallOutcome.Complete);
        row.Closing.Usage.ShouldBe(new TokenUsage { Input = 10, Output = 2 });
        row.Closing.FirstDelta.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("/v1/chat/completions", "error.code")]
    [InlineData("/v1/responses", "error.code")]
    [InlineData("/v1/messages", "error.type")]
    public async Task Without_a_key_every_wire_refuses_in_its_own_shape(string path, string member)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();

        var answer = await gateway.Client(null).PostAsync(path, Json("""{"model":"m"}"""), TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        body.RootElement.GetProperty("error").GetProperty(member[6..]).GetString().ShouldBeOneOf("missing_key", "authentication_error");
        gateway.Upstream.Seen.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_revoked_key_ends_its_open_stream_with_the_wires_error()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Scripts.Enqueue(Answers.Stream("data: {\"choices\":[{\"delta\":{\"content\":\"hi\"}}]}\n\n", AfterScript.Hang));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = Json("""{"model":"m-1","stream":true,"messages":[]}""") };
        using var answer = await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

        gateway.Identities.Revoke(gateway.Caller.Key.Id, DateTimeOffset.UnixEpoch);

        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("\"code\":\"key_revoked\"");
        var row = await gateway.Ledger.NextAsync(TestContext.Current.CancellationToken);
        row.Closing!.Outcome.ShouldBe(CallOutcome.Cancelled);
        row.Closing.Estimated.ShouldBeTrue();
    }

    [Fact]
    public async Task A_client_that_leaves_on_the_end_marker_has_a_complete_answer()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        const string delta = "data: {\"choices\":[{\"delta\":{\"content\":\"hi\"},\"finish_reason\":\"stop\"}]}\n\n";
        const string usage = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":2}}\n\n";
        gateway.Upstream.Scripts.Enqueue(Answers.Stream(delta + usage + "data: [DONE]\n\n", AfterScript.Hang));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = Json("""{"model":"m-1","stream":true,"stream_options":{"include_usage":true},"messages":[]}""") };
        using (var answer = await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken))
        {
            using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
            while (await lines.ReadLineAsync(TestContext.Current.CancellationToken) is not "data: [DONE]")
            {
            }
        }

        var row = await gateway.Ledger.NextAsync(TestContext.Current.CancellationToken);
        row.Closing!.Outcome.ShouldBe(CallOutcome.Complete);
        row.Closing.ErrorClass.ShouldBeNull();
        row.Closing.Usage.ShouldBe(new TokenUsage { Input = 10, Output = 2 });
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
