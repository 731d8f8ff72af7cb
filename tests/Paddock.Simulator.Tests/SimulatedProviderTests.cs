using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Paddock.Simulator.Developers;

namespace Paddock.Simulator.Tests;

public class SimulatedProviderTests
{
    private const string ChatTool = """{"type":"function","function":{"name":"bash","parameters":{"type":"object","properties":{"command":{"type":"string"},"description":{"type":"string"}},"required":["command"]}}}""";

    [Fact]
    public async Task An_agent_that_offers_a_shell_gets_one_shell_call_and_then_an_answer()
    {
        await using var provider = await StartAsync();

        var first = await AskAsync(provider, "/v1/chat/completions", $$"""{"model":"m","messages":[{"role":"user","content":"go"}],"tools":[{{ChatTool}}]}""");
        var second = await AskAsync(provider, "/v1/chat/completions", $$"""{"model":"m","messages":[{"role":"user","content":"go"},{"role":"tool","content":"ok"}],"tools":[{{ChatTool}}]}""");

        var call = first["choices"]![0]!["message"]!["tool_calls"]![0]!["function"]!;
        ((string)call["name"]!).ShouldBe("bash");
        ((string)JsonNode.Parse((string)call["arguments"]!)!["command"]!).ShouldContain("paddock-proof.txt");
        ((string)second["choices"]![0]!["finish_reason"]!).ShouldBe("stop");
    }

    [Theory]
    [InlineData("/v1/chat/completions", "messages", "data: [DONE]")]
    [InlineData("/v1/responses", "input", "event: response.completed")]
    [InlineData("/v1/messages", "messages", "event: message_stop")]
    public async Task Every_wire_streams_to_its_own_end_marker(string path, string turns, string end)
    {
        await using var provider = await StartAsync();

        var text = await StreamAsync(provider, path, $$"""{"model":"sim:text=hello,chunks=5,out=7","stream":true,"{{turns}}":[]}""");

        text.ShouldContain(end);
        provider.Truth.Newest(1).Single().Outcome.ShouldBe("complete");
    }

    [Theory]
    [InlineData("/v1/chat/completions")]
    [InlineData("/v1/responses")]
    [InlineData("/v1/messages")]
    public async Task The_same_request_gets_the_same_bytes_on_every_wire(string path)
    {
        await using var provider = await StartAsync();
        const string body = """{"model":"sim:tool=a,tool=b,thinking=true,chunks=4,text=x","stream":true,"stream_options":{"include_usage":true},"messages":[]}""";

        (await StreamAsync(provider, path, body)).ShouldBe(await StreamAsync(provider, path, body));
    }

    [Fact]
    public async Task A_script_fails_as_often_as_it_says_and_then_works()
    {
        await using var provider = await StartAsync();
        using var http = new HttpClient { BaseAddress = provider.BaseUrl };
        const string body = """{"model":"sim:status=429,fail=2,retry=seconds","messages":[]}""";

        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 3; i++)
        {
            using var answer = await http.PostAsync("/v1/chat/completions", Json(body), TestContext.Current.CancellationToken);
            statuses.Add(answer.StatusCode);
        }

        statuses.ShouldBe([HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests, HttpStatusCode.OK]);
    }

    [Fact]
    public async Task An_unknown_script_key_is_named()
    {
        await using var provider = await StartAsync();
        using var http = new HttpClient { BaseAddress = provider.BaseUrl };

        using var answer = await http.PostAsync("/v1/chat/completions", Json("""{"model":"sim:chunk=3","messages":[]}"""), TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("script key");
    }

    [Fact]
    public async Task A_team_of_developers_finishes_its_tasks()
    {
        await using var provider = await StartAsync();

        var done = await SimulatedTeam.RunAsync(new() { BaseUrl = new(provider.BaseUrl, "v1"), Key = "any", Developers = 2, TasksEach = 3, Think = TimeSpan.Zero }, TestContext.Current.CancellationToken);

        done.ShouldBe(new TeamSummary(Tasks: 6, Turns: 12, ToolCalls: 6, Refused: 0, Failed: 0));
    }

    private static Task<SimulatedProvider> StartAsync() => SimulatedProvider.StartAsync(new(), TestContext.Current.CancellationToken);

    private static async Task<JsonNode> AskAsync(SimulatedProvider provider, string path, string body) => JsonNode.Parse(await StreamAsync(provider, path, body))!;

    private static async Task<string> StreamAsync(SimulatedProvider provider, string path, string body)
    {
        using var http = new HttpClient { BaseAddress = provider.BaseUrl };
        using var answer = await http.PostAsync(path, Json(body), TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    [Theory]
    [InlineData("/v1/chat/completions", 3, 16, 0, 2)]
    [InlineData("/v1/responses", 19, 0, 0, 2)]
    [InlineData("/v1/messages", 3, 7, 9, 0)]
    public async Task The_truth_counts_what_a_wire_has_no_figure_for_where_its_readers_must(string path, long input, long write5m, long write1h, long reasoning)
    {
        await using var provider = await SimulatedProvider.StartAsync(new(), TestContext.Current.CancellationToken);
        using var http = new HttpClient { BaseAddress = provider.BaseUrl };
        using var content = new StringContent("""{"model":"sim:text=a,in=3,cached=40,write5m=7,write1h=9,out=6,reasoning=2","messages":[]}""", System.Text.Encoding.UTF8, "application/json");

        using var answer = await http.PostAsync(path, content, TestContext.Current.CancellationToken);

        answer.IsSuccessStatusCode.ShouldBeTrue();
        provider.Truth.Newest(1).Single().Usage.ShouldBe(new SimulatedUsage(input, 40, write5m, write1h, 6, reasoning));
    }
}
