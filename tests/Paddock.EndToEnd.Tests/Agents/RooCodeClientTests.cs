using System.Net;
using System.Text;
using System.Text.Json;
using Paddock.Simulator;

namespace Paddock.EndToEnd.Tests.Agents;

/// <summary>Roo Code lives in an editor, so its requests are sent as they were recorded (extension 3.52.1), to the real server.</summary>
public sealed class RooCodeClientTests : IAsyncLifetime
{
    private const string NoMoneyForTasks = """
        apiVersion: paddock/v1alpha1
        kind: Budget
        metadata:
          name: nothing-for-bob
          owner: tests
        spec:
          scope: user
          subjects: [bob]
          limit: {tokens: 0}
          window: day
        """;

    private const string Task = "019a209e-6456-7bf1-bb1a-ec7c0feb806a";

    private readonly AgentHome home = new();
    private SimulatedProvider provider = null!; // set before each test
    private ServedPaddock paddock = null!; // set before each test

    public async ValueTask InitializeAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        provider = await SimulatedProvider.StartAsync(new(), cancellationToken);
        paddock = await ServedPaddock.StartAsync(provider, home.WriteBeside("release/budget.yaml", NoMoneyForTasks), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await paddock.DisposeAsync();
        await provider.DisposeAsync();
        home.Dispose();
    }

    [Fact]
    public async Task Its_turn_is_answered_with_its_cost_and_recorded_with_task_and_mode()
    {
        var (status, body) = await AskAsync(await KeyAsync("alice"));

        status.ShouldBe(HttpStatusCode.OK, body);
        body.ShouldEndWith("data: [DONE]\n\n");
        var call = (await paddock.CallsAsync("roo-code", TestContext.Current.CancellationToken)).ShouldHaveSingleItem();
        call.AgentVersion.ShouldBe("3.52.1");
        call.Session.ShouldBe(Task);
        call.Mode.ShouldBe("architect");
        call.Outcome.ShouldBe("complete");
        var usage = Chunks(body).Last().GetProperty("usage");
        usage.GetProperty("cost").GetDecimal().ShouldBe(call.CostUsd!.Value);
        call.CostUsd.Value.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_used_up_budget_ends_its_task_with_a_turn()
    {
        var (status, body) = await AskAsync(await KeyAsync("bob"));

        status.ShouldBe(HttpStatusCode.OK, body);
        var call = Chunks(body)[0].GetProperty("choices")[0].GetProperty("delta").GetProperty("tool_calls")[0].GetProperty("function");
        call.GetProperty("name").GetString().ShouldBe("attempt_completion");
        call.GetProperty("arguments").GetString()!.ShouldContain("[Paddock] The budget 'nothing-for-bob' of");
        Chunks(body)[1].GetProperty("choices")[0].GetProperty("finish_reason").GetString().ShouldBe("tool_calls");
        provider.Truth.Newest(1).ShouldBeEmpty();
        (await paddock.CallsAsync("roo-code", TestContext.Current.CancellationToken)).ShouldHaveSingleItem().ErrorClass.ShouldBe("budget_exceeded");
    }

    [Fact]
    public async Task A_wrong_key_is_an_error_it_may_wait_on()
    {
        var (status, body) = await AskAsync("unauthenticated");

        status.ShouldBe(HttpStatusCode.Unauthorized, body);
        provider.Truth.Newest(1).ShouldBeEmpty();
    }

    [Fact]
    public async Task Its_model_list_is_empty_without_a_key_and_not_with_one()
    {
        (await ModelsAsync(null)).ShouldBeEmpty();
        (await ModelsAsync(await KeyAsync("alice"))).ShouldBe(["paddock-fake"]);
    }

    private Task<string> KeyAsync(string user) => paddock.CreateKeyAsync(user, [], TestContext.Current.CancellationToken);

    private async Task<(HttpStatusCode Status, string Body)> AskAsync(string key)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, paddock.Url + "/roo/proxy/v1/chat/completions") { Content = new StringContent(Body(), Encoding.UTF8, "application/json") };
        foreach (var (name, value) in new[] { ("Authorization", "Bearer " + key), ("HTTP-Referer", "https://github.com/RooVetGit/Roo-Cline"), ("X-Title", "Roo Code"), ("User-Agent", "RooCode/3.52.1"), ("X-Roo-App-Version", "3.52.1"), ("X-Roo-Task-ID", Task), ("x-stainless-retry-count", "0") })
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private async Task<IReadOnlyList<string>> ModelsAsync(string? key)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, paddock.Url + "/roo/proxy/v1/models");
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + key);
        }

        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        using var json = JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return [.. json.RootElement.GetProperty("data").EnumerateArray().Select(model => model.GetProperty("id").GetString()!)]; // a list of models
    }

    private static string Body() => JsonSerializer.Serialize(new
    {
        model = "paddock-sim",
        temperature = 0,
        messages = new object[]
        {
            new { role = "system", content = "You are Roo, an experienced technical leader." },
            new { role = "user", content = new[] { new { type = "text", text = "<user_message>\nplan it\n</user_message>" }, new { type = "text", text = Environment("code") } } },
            new { role = "assistant", content = "", tool_calls = new[] { new { id = "c1", type = "function", function = new { name = "read_file", arguments = "{\"path\":\"a\"}" } } } },
            new { role = "tool", tool_call_id = "c1", content = Environment("ask") },
            new { role = "user", content = new[] { new { type = "text", text = Environment("architect") } } },
        },
        stream = true,
        stream_options = new { include_usage = true },
        tools = new[] { new { type = "function", function = new { name = "attempt_completion", parameters = new { type = "object" } } } },
        tool_choice = "auto",
    });

    private static string Environment(string mode) => $"<environment_details>\n# VSCode Open Tabs\na.ts\n\n# Current Cost\n$0.00\n\n# Current Mode\n<slug>{mode}</slug>\n<name>x</name>\n<model>m</model>\n\n</environment_details>";

    private static List<JsonElement> Chunks(string body)
    {
        var chunks = new List<JsonElement>();
        foreach (var line in body.Split('\n').Where(line => line.StartsWith("data: {", StringComparison.Ordinal)))
        {
            using var json = JsonDocument.Parse(line[6..]);
            chunks.Add(json.RootElement.Clone());
        }

        return chunks;
    }
}
