using System.Net;
using System.Text;
using Paddock.Core.Ledger;
using Paddock.Core.Models;
using Paddock.Gateway.Tests.Rig;

namespace Paddock.Gateway.Tests;

/// <summary>A route moves on while nothing has been committed, and never after.</summary>
public sealed class FallbackTests : IAsyncLifetime
{
    private const string Good = """{"choices":[{"message":{"content":"hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":10,"completion_tokens":2}}""";
    private const string Delta = "data: {\"choices\":[{\"delta\":{\"content\":\"hello\"}}]}\n\n";
    private const string StreamedError = "data: {\"error\":{\"message\":\"m\",\"type\":\"overloaded_error\"}}\n\n";

    private readonly ScriptedUpstream second = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Failures => new()
    {
        { "429", "rate_limited" }, { "408", "timeout" }, { "500", "upstream_5xx" }, { "502", "upstream_5xx" }, { "503", "upstream_5xx" }, { "529", "overloaded" },
        { "an error in a 200", "upstream_5xx" }, { "an error in a stream's first event", "overloaded" }, { "a stream that ends at once", "mid_stream" },
        { "a connection that closes", "upstream_broken" }, { "half a head", "upstream_broken" }, { "half a body", "mid_stream" }, { "nobody there", "connect" }, { "silence", "timeout" },
        { "an unknown coding", "upstream_encoding" }, { "a page", "mid_stream" }, { "half an answer as if whole", "mid_stream" },
        { "a redirect", "upstream_redirect" },
    };

    public ValueTask InitializeAsync()
    {
        second.Scripts.Enqueue(Answers.Json(Good));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => second.DisposeAsync();

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_provider_that_fails_is_followed_by_the_next(string failure, string errorClass)
    {
        await using var gateway = await StartAsync(tries: 1, nobody: failure == "nobody there", patience: failure == "silence" ? TimeSpan.FromMilliseconds(200) : TimeSpan.FromMinutes(5));
        gateway.Upstream.Scripts.Enqueue(Failing(failure));
        var streams = failure.Contains("stream", StringComparison.Ordinal);

        var (status, body) = await AskAsync(gateway, streams);

        (status, body).ShouldBe((HttpStatusCode.OK, Good));
        var closing = (await gateway.Ledger.NextAsync(Cancellation)).Closing!;
        closing.Attempts.Select(attempt => (attempt.Provider, attempt.ErrorClass)).ShouldBe([("first", errorClass), ("second", null)]);
        (closing.Provider, closing.Usage.Output).ShouldBe(("second", 2));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(413)]
    [InlineData(422)]
    public async Task What_the_next_provider_would_say_too_is_passed_on(int status)
    {
        await using var gateway = await StartAsync(tries: 1);
        gateway.Upstream.Scripts.Enqueue(Answers.Json("""{"error":{"message":"no"}}""", status));

        var (got, body) = await AskAsync(gateway);

        ((int)got, body).ShouldBe((status, """{"error":{"message":"no"}}"""));
        second.Seen.ShouldBeEmpty();
        (await gateway.Ledger.NextAsync(Cancellation)).Closing!.Outcome.ShouldBe(CallOutcome.Failed);
    }

    [Theory]
    [InlineData("<!doctype html><p>Please sign in.</p>")]
    [InlineData("""{"choices":[{"message":{"content":"hel""")]
    public async Task What_is_no_answer_is_passed_on_when_nobody_else_can_be_asked_and_charged_a_floor(string body)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Scripts.Enqueue(Answers.Json(body));

        var (status, got) = await AskAsync(gateway);

        (status, got).ShouldBe((HttpStatusCode.OK, body));
        var closing = (await gateway.Ledger.NextAsync(Cancellation)).Closing!;
        (closing.Outcome, closing.ErrorClass, closing.Estimated).ShouldBe((CallOutcome.Partial, "mid_stream", true));
    }

    [Theory]
    [InlineData("/v1/chat/completions", "data: {\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":7}}\n\n", CallOutcome.Complete)]
    [InlineData("/v1/messages", "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":10,\"output_tokens\":1}}}\n\nevent: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":7}}\n\n", CallOutcome.Partial)]
    public async Task Only_on_chat_is_a_stream_whole_without_its_end_marker(string path, string events, CallOutcome outcome)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Scripts.Enqueue(Answers.Stream(events));

        using var content = new StringContent("""{"model":"m","stream":true,"stream_options":{"include_usage":true},"max_tokens":9,"messages":[{"role":"user","content":"hi"}]}""", Encoding.UTF8, "application/json");
        using var answer = await gateway.Http.PostAsync(path, content, Cancellation);

        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldBe(events);
        var closing = (await gateway.Ledger.NextAsync(Cancellation)).Closing!;
        (closing.Outcome, closing.Estimated, closing.Usage.Output).ShouldBe((outcome, false, 7));
    }

    [Fact]
    public async Task After_the_first_words_an_error_is_passed_on()
    {
        await using var gateway = await StartAsync(tries: 1);
        gateway.Upstream.Scripts.Enqueue(Answers.Stream(Delta + StreamedError));

        var (status, body) = await AskAsync(gateway, stream: true);

        (status, body).ShouldBe((HttpStatusCode.OK, Delta + StreamedError));
        second.Seen.ShouldBeEmpty();
        (await gateway.Ledger.NextAsync(Cancellation)).Closing!.Outcome.ShouldBe(CallOutcome.Partial);
    }

    [Fact]
    public async Task A_provider_is_tried_again_before_the_next_is_and_no_more_often_than_allowed()
    {
        await using var gateway = await StartAsync(tries: 2, maxTries: 3);
        gateway.Upstream.Scripts.Enqueue(Answers.Json("{}", 500));
        second.Scripts.Clear();
        second.Scripts.Enqueue(Answers.Json("""{"error":"still"}""", 503, "Retry-After: 9"));

        using var answer = await PostAsync(gateway, stream: false);

        (gateway.Upstream.Seen.Count, second.Seen.Count).ShouldBe((2, 1));
        ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation)).ShouldBe((503, """{"error":"still"}""")); // the last one's own words
        answer.Headers.GetValues("Retry-After").ShouldBe(["9"]);
    }

    [Fact]
    public async Task A_provider_that_asks_for_a_longer_wait_than_allowed_is_left_at_once()
    {
        await using var gateway = await StartAsync(tries: 5);
        gateway.Upstream.Scripts.Enqueue(Answers.Json("{}", 429, "Retry-After: 3600"));

        (await AskAsync(gateway)).Body.ShouldBe(Good);

        gateway.Upstream.Seen.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("Retry-After: 3600")]
    [InlineData("retry-after-ms: 3600000")]
    [InlineData("X-Nothing: 0")] // the plan's own pause is longer than may be waited, too
    public async Task When_nobody_else_is_left_and_the_wait_is_too_long_the_client_gets_the_providers_own_words(string header)
    {
        await using var gateway = await StartAloneAsync(backoff: TimeSpan.FromHours(2));
        gateway.Upstream.Scripts.Enqueue(Answers.Json("""{"error":{"message":"slow down"}}""", 429, header));

        using var answer = await PostAsync(gateway, stream: false);

        ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation)).ShouldBe((429, """{"error":{"message":"slow down"}}"""));
        gateway.Upstream.Seen.Count.ShouldBe(1);
        (await gateway.Ledger.NextAsync(Cancellation)).Closing!.ErrorClass.ShouldBe("rate_limited");
    }

    [Theory]
    [InlineData(101)]
    [InlineData(205)]
    [InlineData(300)]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(304)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_neither_followed_nor_passed_on_because_a_clients_library_would_follow_it_with_its_key(int status)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Scripts.Enqueue(new([Encoding.ASCII.GetBytes($"HTTP/1.1 {status} Status\r\nLocation: http://elsewhere.example/steal\r\nContent-Length: 0\r\n\r\n")], AfterScript.Close));

        using var answer = await PostAsync(gateway, stream: false);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        answer.Headers.Location.ShouldBeNull();
        gateway.Upstream.Seen.Count.ShouldBe(1);
        var closing = (await gateway.Ledger.NextAsync(Cancellation)).Closing!;
        (closing.Outcome, closing.ErrorClass, closing.CostNanoUsd).ShouldBe((CallOutcome.Failed, "upstream_redirect", 0L));
    }

    [Theory]
    [InlineData(400, "upstream_4xx")]
    [InlineData(500, "upstream_5xx")]
    public async Task An_error_that_calls_itself_a_stream_is_an_error_and_costs_nothing(int status, string errorClass)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Scripts.Enqueue(Answers.Plain(Encoding.UTF8.GetBytes(StreamedError), status, "Content-Type: text/event-stream"));

        var (got, body) = await AskAsync(gateway, stream: true);

        ((int)got, body).ShouldBe((status, StreamedError));
        var closing = (await gateway.Ledger.NextAsync(Cancellation)).Closing!;
        (closing.Outcome, closing.ErrorClass, closing.CostNanoUsd).ShouldBe((CallOutcome.Failed, errorClass, 0L));
    }

    [Fact]
    public async Task When_nobody_is_there_the_wires_error_says_so()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new() { Snapshot = _ => Snapshots.Of([Snapshots.Provider("main", new("http://127.0.0.1:1"))]) });

        var (status, body) = await AskAsync(gateway);

        status.ShouldBe(HttpStatusCode.BadGateway);
        body.ShouldContain("upstream_unavailable");
        (await gateway.Ledger.NextAsync(Cancellation)).Closing!.ErrorClass.ShouldBe("connect");
    }

    [Fact]
    public async Task An_answer_that_is_read_on_after_its_client_left_is_charged_exactly()
    {
        var gate = new TaskCompletionSource();
        await using var gateway = await GatewayUnderTest.StartAsync(new() { Snapshot = address => Snapshots.Of([Snapshots.Provider("main", address) with { OnAbort = AbortHandling.Drain }]) });
        gateway.Upstream.Scripts.Enqueue(new(
            [.. Answers.Stream(Delta, AfterScript.Hang).Parts, Answers.Chunk("data: {\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":7}}\n\ndata: [DONE]\n\n"u8.ToArray()), "0\r\n\r\n"u8.ToArray()],
            PauseBefore: (2, gate.Task)));
        using (var client = await RawClient.ConnectAsync(gateway.Address, Cancellation))
        {
            var body = """{"model":"m","stream":true}"""u8.ToArray();
            await client.SendAsync([.. Encoding.ASCII.GetBytes($"POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nx-api-key: {gateway.Token}\r\nContent-Length: {body.Length}\r\n\r\n"), .. body], Cancellation);
            (await client.ReadSomeAsync(Cancellation)).ShouldContain("hello");
            client.Reset();
        }

        gate.SetResult();

        var closing = (await gateway.Ledger.NextAsync(Cancellation)).Closing!;
        (closing.Usage.Input, closing.Usage.Output, closing.Estimated).ShouldBe((10, 7, false));
    }

    private static UpstreamScript Failing(string failure) => failure switch
    {
        "an error in a 200" => Answers.Json("""{"error":{"message":"m","code":500}}"""),
        "an error in a stream's first event" => Answers.Stream(StreamedError),
        "a stream that ends at once" => Answers.Stream(": nothing\n\n"),
        "a connection that closes" => new([], AfterScript.Close),
        "half a head" => new(["HTTP/1.1 200 OK\r\nContent-Ty"u8.ToArray()], AfterScript.Close),
        "half a body" => new(["HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{\"choices\""u8.ToArray()], AfterScript.Close),
        "nobody there" => Answers.Json("{}"),
        "a page" => Answers.Json("<!doctype html><p>Please sign in.</p>"),
        "half an answer as if whole" => Answers.Json("""{"choices":[{"message":{"content":"hel"""),
        "silence" => new([], AfterScript.Hang),
        "a redirect" => Answers.Json("{}", 307, "Location: http://elsewhere.example/"),
        "an unknown coding" => Answers.Json("{}", 200, "Content-Encoding: odd"),
        _ => Answers.Json("{}", int.Parse(failure)),
    };

    private static async Task<(HttpStatusCode Status, string Body)> AskAsync(GatewayUnderTest gateway, bool stream = false)
    {
        using var answer = await PostAsync(gateway, stream);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    private static Task<HttpResponseMessage> PostAsync(GatewayUnderTest gateway, bool stream) =>
        gateway.Http.PostAsync("/v1/chat/completions", new StringContent(stream ? """{"model":"best","stream":true,"stream_options":{"include_usage":true}}""" : """{"model":"best"}""", Encoding.UTF8, "application/json"), Cancellation);

    private static Task<GatewayUnderTest> StartAloneAsync(TimeSpan backoff) => GatewayUnderTest.StartAsync(new()
    {
        Snapshot = address => Snapshots.Of([Snapshots.Provider("first", address)], routes: [new() { Name = "best", Targets = [new("first", null)], TriesPerTarget = 3, MaxTries = 4, Backoff = backoff }]),
    });

    private Task<GatewayUnderTest> StartAsync(int tries, int maxTries = 10, bool nobody = false, TimeSpan? patience = null) => GatewayUnderTest.StartAsync(new()
    {
        Options = new() { SweepEvery = TimeSpan.FromMilliseconds(20) },
        Snapshot = address => Snapshots.Of(
            [
                Snapshots.Provider("first", nobody ? new("http://127.0.0.1:1") : address) with { Timeouts = new() { FirstByte = patience ?? TimeSpan.FromMinutes(5) } },
                Snapshots.Provider("second", second.Address),
            ],
            routes: [new() { Name = "best", Targets = [new("first", null), new("second", null)], TriesPerTarget = tries, MaxTries = maxTries, Backoff = TimeSpan.FromMilliseconds(1) }]),
    });
}
