using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Paddock.Agents.Telemetry;

namespace Paddock.Agents.Tests.Telemetry;

/// <summary>Of what people and models say, of commands, files and names of people nothing is kept.</summary>
public sealed class TelemetryContentTests
{
    private const string Secret = "geheim";

    private static readonly (TelemetrySignal Signal, string Request)[] requests =
    [
        (TelemetrySignal.Logs, SentTelemetry.ClaudeCodeLogs(SentTelemetry.ClaudeCodeTurn)), (TelemetrySignal.Logs, SentTelemetry.CodexLogs(SentTelemetry.CodexTurn)),
        (TelemetrySignal.Logs, SentTelemetry.GeminiCliLogs(SentTelemetry.GeminiCliTurn)), (TelemetrySignal.Traces, SentTelemetry.CopilotSpans(SentTelemetry.CopilotTurn)),
    ];

    /// <summary>Attributes that are kept as they are when they look like a name.</summary>
    private static readonly string[] named =
    [
        "session.id", "conversation.id", "gen_ai.conversation.id", "event.name", "gen_ai.operation.name", "service.name", "service.version", "model", "gen_ai.request.model", "gen_ai.response.model", "query_source", "source", "decision",
        "tool_name", "tool_namespace", "tool_use_id", "call_id", "mcp_server", "approval_policy", "sandbox_policy", "approval_mode", "role", "function_name", "tool_type", "gen_ai.tool.name", "gen_ai.tool.call.id", "github.copilot.initiator",
        "github.copilot.agent.type",
    ];

    [Fact]
    public void Real_records_leave_nothing_of_it()
    {
        foreach (var (signal, request) in requests)
        {
            request.ShouldContain(Secret);
            JsonSerializer.Serialize(Told.Events(signal, request)).ShouldNotContain(Secret);
        }
    }

    [Fact]
    public void A_secret_in_any_attribute_that_names_nothing_is_nowhere() =>
        Gen.Select(Gen.Int[0, requests.Length - 1], Gen.Char.AlphaNumeric.Array[0, 20].Select(static text => new string(text))).Sample(static (which, noise) =>
        {
            var (signal, request) = requests[which];
            var told = Poisoned(request, pair => !named.Contains((string?)pair["key"]), noise + Secret);
            JsonSerializer.Serialize(Told.Events(signal, told)).ShouldNotContain(Secret);
        });

    [Theory]
    [InlineData("rm -rf / geheim")]
    [InlineData("/home/ada/geheim.txt")]
    [InlineData("C:\\geheim")]
    [InlineData("ada@geheim.example")]
    [InlineData("geheim\n")]
    [InlineData("{\"geheim\":1}")]
    [InlineData("")]
    public void What_is_no_name_is_kept_as_no_name(string text)
    {
        string[] whose = ["session.id", "conversation.id", "gen_ai.conversation.id", "event.name", "gen_ai.operation.name", "service.name", "service.version", "model", "gen_ai.request.model", "gen_ai.response.model"]; // an id, what tells whose it is, and models, which have slashes
        foreach (var (signal, request) in requests)
        {
            var told = Poisoned(request, pair => named.Contains((string?)pair["key"]) && !whose.Contains((string?)pair["key"]), text);
            JsonSerializer.Serialize(Told.Events(signal, told)).ShouldNotContain(Secret);
        }
    }

    [Fact]
    public void A_name_that_is_as_long_as_a_text_is_none()
    {
        var told = Poisoned(requests[0].Request, static pair => (string?)pair["key"] is "tool_name" or "model", Secret + new string('x', 95));

        JsonSerializer.Serialize(Told.Events(TelemetrySignal.Logs, told)).ShouldNotContain(Secret);
    }

    /// <summary>The same request with another value in some attributes.</summary>
    private static string Poisoned(string request, Func<JsonObject, bool> where, string value)
    {
        var json = JsonNode.Parse(request)!;
        foreach (var pair in Pairs(json).Where(where).ToList())
        {
            pair["value"] = new JsonObject { ["stringValue"] = value };
        }

        return json.ToJsonString();
    }

    private static IEnumerable<JsonObject> Pairs(JsonNode? node) => node switch
    {
        JsonObject one when one.ContainsKey("key") => [one],
        JsonObject one => one.SelectMany(static member => Pairs(member.Value)),
        JsonArray list => list.SelectMany(Pairs),
        _ => [],
    };
}
