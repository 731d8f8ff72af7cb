using System.Text;
using System.Text.Json.Nodes;

namespace Paddock.Simulator.Tests;

public class ToolAndUsageTests
{
    private const string Chat = "/v1/chat/completions";
    private const string Responses = "/v1/responses";
    private const string Messages = "/v1/messages";
    private const string Arguments = "eyJjb21tYW5kIjoibHMgLWwifQ=="; // {"command":"ls -l"}

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Arguments_of_a_call_come_only_when_it_is_done()
    {
        var responses = await EventsAsync(Responses, $"tool=bash,args={Arguments},doneonly");
        var chat = await CallsAsync($"tool=bash,args={Arguments},doneonly");

        responses.ShouldNotContain(one => (string?)one["type"] == "response.function_call_arguments.delta");
        ((string?)responses.Single(one => (string?)one["type"] == "response.function_call_arguments.done")["arguments"]).ShouldBe("""{"command":"ls -l"}""");
        chat.Select(one => (string?)one["function"]?["arguments"]).OfType<string>().ShouldBe(["""{"command":"ls -l"}"""]);
    }

    [Fact]
    public async Task Parallel_calls_take_turns_by_their_index()
    {
        var indexes = (await CallsAsync($"tool=a,tool=b,args={Arguments},chunks=2,interleave")).Select(one => (int?)one["index"]).OfType<int>();

        indexes.ShouldBe([0, 1, 0, 1, 0, 1]);
    }

    [Fact]
    public async Task Custom_calls_carry_free_text_and_on_messages_the_provider_runs_the_tool()
    {
        var chat = await CallsAsync("tool=patch,custom");
        var responses = await EventsAsync(Responses, "tool=patch,custom");
        var messages = await EventsAsync(Messages, "tool=web_search,custom");

        chat.Select(one => (string?)one["custom"]?["input"]).OfType<string>().Aggregate(string.Concat).ShouldBe("free text");
        ((string?)responses.Single(one => (string?)one["type"] == "response.custom_tool_call_input.done")["input"]).ShouldBe("free text");
        ((string?)responses.First(one => (string?)one["type"] == "response.output_item.added")["item"]!["type"]).ShouldBe("custom_tool_call");
        ((string?)messages.Single(one => (string?)one["type"] == "content_block_start")["content_block"]!["type"]).ShouldBe("server_tool_use");
    }

    [Theory]
    [InlineData(Chat, "tool_calls")]
    [InlineData(Responses, "function_call")]
    [InlineData(Messages, "tool_use")]
    public async Task Any_number_of_calls_of_any_name_come_in_an_answer_that_is_no_stream(string path, string part)
    {
        var text = await ReadAsync(path, $"tool=a,tool=b,tool=mcp__x__y,args={Arguments}", stream: false);

        text.ShouldContain(part);
        text.ShouldContain("mcp__x__y");
    }

    [Theory]
    [InlineData("normal", 1)]
    [InlineData("delta", 1)]
    [InlineData("nochoices", 1)]
    [InlineData("missing", 0)]
    public async Task Usage_on_chat_comes_in_each_place_that_providers_put_it_or_nowhere(string usage, int times)
    {
        var events = await EventsAsync(Chat, $"text=a,in=11,out=5,usage={usage}");

        events.Count(one => (int?)one["usage"]?["prompt_tokens"] == 11).ShouldBe(times);
    }

    [Theory]
    [InlineData(Chat, "\"usage\"")]
    [InlineData(Responses, "\"usage\":{")]
    [InlineData(Messages, "\"usage\"")]
    public async Task Usage_is_missing_in_an_answer_that_is_no_stream(string path, string part)
    {
        (await ReadAsync(path, "text=a", stream: false)).ShouldContain(part);
        (await ReadAsync(path, "text=a,usage=missing", stream: false)).ShouldNotContain(part);
    }

    [Fact]
    public async Task Usage_on_messages_is_cumulative_and_tells_caches_and_thinking_has_a_signature()
    {
        var events = await EventsAsync(Messages, "text=a,in=3,cached=40,write5m=7,write1h=9,out=6,thinking");

        var start = events[0]["message"]!["usage"]!;
        new[] { "input_tokens", "cache_read_input_tokens", "cache_creation_input_tokens", "output_tokens" }.Select(name => (int?)start[name]).ShouldBe([3, 40, 16, 1]);
        ((int?)events.Single(one => (string?)one["type"] == "message_delta")["usage"]!["output_tokens"]).ShouldBe(6);
        events.Count(one => (string?)one["delta"]?["type"] == "signature_delta").ShouldBe(1);
    }

    /// <summary>The deltas of calls on chat.</summary>
    private static async Task<List<JsonNode>> CallsAsync(string script) =>
        [.. (await EventsAsync(Chat, script)).SelectMany(one => one["choices"]!.AsArray()).SelectMany(choice => choice!["delta"]!["tool_calls"]?.AsArray() ?? []).OfType<JsonNode>()]; // every chunk has them

    private static async Task<List<JsonNode>> EventsAsync(string path, string script) =>
        [.. (await ReadAsync(path, script, stream: true)).Split('\n').Where(line => line.StartsWith("data: {", StringComparison.Ordinal)).Select(line => JsonNode.Parse(line[6..])!)]; // an object, by its first letter

    private static async Task<string> ReadAsync(string path, string script, bool stream)
    {
        await using var provider = await SimulatedProvider.StartAsync(new(), Cancelled);
        using var http = new HttpClient { BaseAddress = provider.BaseUrl };
        using var content = new StringContent($$"""{"model":"sim:{{script}}","stream":{{(stream ? "true" : "false")}},"stream_options":{"include_usage":true},"messages":[]}""", Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(path, content, Cancelled);
        answer.IsSuccessStatusCode.ShouldBeTrue();
        return await answer.Content.ReadAsStringAsync(Cancelled);
    }
}
