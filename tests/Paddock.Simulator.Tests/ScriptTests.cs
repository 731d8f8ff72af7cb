using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Paddock.Simulator.Tests;

/// <summary>Every key of a script does what its list in docs/simulator.md says, on every wire it is for.</summary>
public class ScriptTests
{
    private const string Chat = "/v1/chat/completions";
    private const string Responses = "/v1/responses";
    private const string Messages = "/v1/messages";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Chat, 402, "invalid_request_error")]
    [InlineData(Chat, 429, "rate_limit_error")]
    [InlineData(Chat, 503, "server_error")]
    [InlineData(Responses, 500, "server_error")]
    [InlineData(Messages, 401, "authentication_error")]
    [InlineData(Messages, 402, "billing_error")]
    [InlineData(Messages, 403, "permission_error")]
    [InlineData(Messages, 404, "not_found_error")]
    [InlineData(Messages, 413, "request_too_large")]
    [InlineData(Messages, 429, "rate_limit_error")]
    [InlineData(Messages, 504, "timeout_error")]
    [InlineData(Messages, 529, "overloaded_error")]
    public async Task A_status_comes_in_the_wires_own_shape(string path, int status, string type)
    {
        await using var provider = await StartAsync();

        using var answer = await SendAsync(provider, path, $"status={status}", stream: true);

        ((int)answer.StatusCode).ShouldBe(status);
        ((string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancelled))!["error"]!["type"]).ShouldBe(type);
    }

    [Theory]
    [InlineData("seconds", "Retry-After", "1")]
    [InlineData("date", "Retry-After", " GMT")]
    [InlineData("ms", "retry-after-ms", "250")]
    [InlineData("go", "x-ratelimit-reset-requests", "0m0.25s")]
    public async Task When_to_come_again_is_told_in_each_form(string form, string header, string value)
    {
        await using var provider = await StartAsync();

        using var answer = await SendAsync(provider, Chat, $"status=429,retry={form}", stream: false);

        answer.Headers.GetValues(header).Single().ShouldEndWith(value);
    }

    [Theory]
    [InlineData(Chat, "x-ratelimit-remaining-requests")]
    [InlineData(Responses, "x-ratelimit-reset-requests")]
    [InlineData(Messages, "anthropic-ratelimit-requests-remaining")]
    public async Task Limits_are_told_with_answers_and_errors(string path, string header)
    {
        await using var provider = await StartAsync();

        using var good = await SendAsync(provider, path, "limits", stream: true);
        using var bad = await SendAsync(provider, path, "limits,status=429", stream: true);

        good.Headers.Contains(header).ShouldBeTrue();
        bad.Headers.Contains(header).ShouldBeTrue();
    }

    [Fact]
    public async Task A_share_of_requests_fails_evenly_spread()
    {
        await using var provider = await StartAsync();
        var failed = new List<int>();

        for (var i = 1; i <= 20; i++)
        {
            using var answer = await SendAsync(provider, Chat, "percent=20,status=503", stream: false);
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                failed.Add(i);
            }
        }

        failed.ShouldBe([5, 10, 15, 20]);
    }

    [Theory]
    [InlineData(Chat, "error=first", "data: {\"error\"")]
    [InlineData(Chat, "error=mid", "data: {\"error\"")]
    [InlineData(Responses, "error=first", "event: response.failed")]
    [InlineData(Responses, "error=plain", "event: error")]
    [InlineData(Messages, "error=mid", "event: error")]
    public async Task An_error_comes_within_a_stream_under_200_and_nothing_after_it(string path, string script, string last)
    {
        await using var provider = await StartAsync();

        var text = await ReadAsync(provider, path, script, stream: true);

        text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)[^1].ShouldStartWith(last);
        provider.Truth.Newest(1).Single().Outcome.ShouldBe("broken");
    }

    [Theory]
    [InlineData(Chat)]
    [InlineData(Responses)]
    [InlineData(Messages)]
    public async Task An_error_comes_as_a_body_under_200(string path)
    {
        await using var provider = await StartAsync();

        JsonNode.Parse(await ReadAsync(provider, path, "error", stream: false))!["error"].ShouldNotBeNull();
    }

    [Theory]
    [InlineData(Chat, "[DONE]")]
    [InlineData(Responses, "response.completed")]
    [InlineData(Messages, "message_stop")]
    public async Task A_stream_is_cut_where_the_script_says(string path, string end)
    {
        await using var provider = await StartAsync();
        var whole = await ReadAsync(provider, path, "text=abcdef,chunks=6", stream: true);

        var closed = await ReadAsync(provider, path, "text=abcdef,chunks=6,cut=close", stream: true);
        var half = await ReadAsync(provider, path, "text=abcdef,chunks=6,cut=half", stream: true);
        var last = await ReadAsync(provider, path, "text=abcdef,chunks=6,cut=last", stream: true);

        whole.ShouldContain(end);
        closed.ShouldEndWith("\n\n");
        half.ShouldNotEndWith("\n\n");
        last.ShouldNotContain("data: " + end);
        last.ShouldNotContain("event: " + end);
        last.Length.ShouldBeGreaterThan(closed.Length);
        closed.Length.ShouldBeGreaterThan(half.Length);
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("before")]
    public async Task A_connection_is_reset_in_mid_stream_or_before_the_head(string cut)
    {
        await using var provider = await StartAsync();

        await Should.ThrowAsync<HttpRequestException>(() => ReadAsync(provider, Chat, $"text=abcdef,chunks=6,cut={cut}", stream: true));

        provider.Truth.Newest(1).Single().Outcome.ShouldBe("broken");
    }

    [Fact]
    public async Task A_stalled_stream_goes_on_until_the_client_goes()
    {
        await using var provider = await StartAsync();
        using (var answer = await SendAsync(provider, Chat, "text=abcdef,chunks=6,cut=stall", stream: true))
        {
            await using var body = await answer.Content.ReadAsStreamAsync(Cancelled);
            (await body.ReadAsync(new byte[16], Cancelled)).ShouldBePositive();
            provider.Truth.Newest(1).Single().Outcome.ShouldBeOneOf("running", "broken");
        }

        SpinWait.SpinUntil(() => provider.Truth.Newest(1).Single().Outcome == "client_aborted", TimeSpan.FromSeconds(10)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("garbage=first", true)]
    [InlineData("garbage=mid", true)]
    [InlineData("garbage", false)]
    public async Task Data_that_is_no_json_comes_where_the_script_says(string script, bool stream)
    {
        await using var provider = await StartAsync();

        var text = await ReadAsync(provider, Chat, "text=abc," + script, stream);

        var data = stream ? text.Split("\n\n").Select(one => one["data: ".Length..]).First(one => one.Contains("no JSON", StringComparison.Ordinal)) : text;
        Should.Throw<System.Text.Json.JsonException>(() => JsonNode.Parse(data));
    }

    [Theory]
    [InlineData(Chat)]
    [InlineData(Responses)]
    [InlineData(Messages)]
    public async Task One_event_is_as_huge_as_the_script_says_and_one_has_a_type_nobody_knows(string path)
    {
        await using var provider = await StartAsync();

        var huge = await ReadAsync(provider, path, "text=abc,huge=1000000", stream: true);
        var unknown = await ReadAsync(provider, path, "text=abc,unknown", stream: true);

        huge.Split("\n\n").Max(one => one.Length).ShouldBeGreaterThan(1_000_000);
        unknown.ShouldContain("event: simulated.unknown");
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task An_answer_is_compressed_as_the_script_says(string coding)
    {
        await using var provider = await StartAsync();

        using var answer = await SendAsync(provider, Chat, $"text=abc,compress={coding}", stream: false);
        await using var body = await answer.Content.ReadAsStreamAsync(Cancelled);
        await using Stream plain = coding switch
        {
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            _ => new ZLibStream(body, CompressionMode.Decompress),
        };

        answer.Content.Headers.ContentEncoding.ShouldBe([coding]);
        (await new StreamReader(plain).ReadToEndAsync(Cancelled)).ShouldContain("\"abc\"");
    }

    [Theory]
    [InlineData("nospace", "data:{")]
    [InlineData("crlf", "\r\n\r\n")]
    [InlineData("comments", ": keepalive\n\n")]
    public async Task Events_come_in_every_form_providers_use(string script, string part)
    {
        await using var provider = await StartAsync();

        (await ReadAsync(provider, Chat, "text=abc," + script, stream: true)).ShouldContain(part);
    }

    [Fact]
    public async Task A_slow_drip_takes_its_time_between_writes()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var provider = await SimulatedProvider.StartAsync(new() { Time = time }, Cancelled);
        using var answer = await SendAsync(provider, Chat, "text=abc,split=7,pause=1000", stream: true);
        await using var body = await answer.Content.ReadAsStreamAsync(Cancelled);

        var first = new byte[1000];
        (await body.ReadAsync(first, Cancelled)).ShouldBe(7);
        var rest = body.ReadAsync(first, Cancelled).AsTask();
        rest.IsCompleted.ShouldBeFalse();
        while (!rest.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        (await rest).ShouldBePositive();
    }

    [Fact]
    public async Task The_header_speaks_where_the_model_has_a_name_of_its_own()
    {
        await using var provider = await StartAsync();
        using var http = new HttpClient { BaseAddress = provider.BaseUrl };
        using var request = new HttpRequestMessage(HttpMethod.Post, Chat) { Headers = { { "x-sim", "sim:status=418" } }, Content = Json("""{"model":"gpt-5","messages":[]}""") };

        using var answer = await http.SendAsync(request, Cancelled);

        ((int)answer.StatusCode).ShouldBe(418);
    }

    [Theory]
    [InlineData("cut=sideways")]
    [InlineData("usage=some")]
    [InlineData("retry=later")]
    [InlineData("error=never")]
    public async Task A_value_that_no_key_has_is_refused(string script)
    {
        await using var provider = await StartAsync();

        using var answer = await SendAsync(provider, Chat, script, stream: false);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static Task<SimulatedProvider> StartAsync() => SimulatedProvider.StartAsync(new(), Cancelled);

    private static async Task<string> ReadAsync(SimulatedProvider provider, string path, string script, bool stream)
    {
        using var answer = await SendAsync(provider, path, script, stream);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await answer.Content.ReadAsStringAsync(Cancelled);
    }

    private static async Task<HttpResponseMessage> SendAsync(SimulatedProvider provider, string path, string script, bool stream)
    {
        using var http = new HttpClient { BaseAddress = provider.BaseUrl };
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Json($$"""{"model":"sim:{{script}}","stream":{{(stream ? "true" : "false")}},"messages":[]}""") };
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
