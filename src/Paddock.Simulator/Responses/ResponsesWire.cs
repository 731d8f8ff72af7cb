using System.Text.Json.Nodes;
using Paddock.Simulator.Scripts;

namespace Paddock.Simulator.Responses;

/// <summary>OpenAI's Responses as that provider sends them; sequence numbers are given when events are listed.</summary>
internal sealed class ResponsesWire : SimulatedWire
{
    public override string Name => "openai-responses";

    public override IEnumerable<(string Name, JsonObject? Schema)> ToolsOf(JsonObject request) =>
        Objects(request["tools"]).Select(tool => ((string?)tool["name"] ?? (string?)tool["type"] ?? "", tool["parameters"] as JsonObject));

    public override int ToolResults(JsonObject request) => Objects(request["input"]).Count(item => ((string?)item["type"])?.EndsWith("_output", StringComparison.Ordinal) == true);

    public override SimulatedUsage Told(SimulatedUsage usage) => usage with { Input = usage.Input + usage.CacheWrite5m + usage.CacheWrite1h, CacheWrite5m = 0, CacheWrite1h = 0 };

    public override JsonObject Plain(SimulatedTurn turn) => Response(turn, "completed", Items(turn));

    public override IEnumerable<(string? Event, string Data)> Events(SimulatedTurn turn, ScriptedAnswer script)
    {
        var number = 0;
        foreach (var (type, members) in Listed(turn, script))
        {
            var data = new JsonObject { ["type"] = type, ["sequence_number"] = number++ };
            foreach (var (name, value) in members)
            {
                data[name] = value?.DeepClone();
            }

            yield return (type, data.ToJsonString());
        }
    }

    public override JsonObject Error(int status, string message) => new()
    {
        ["error"] = new JsonObject { ["message"] = message, ["type"] = status == 429 ? "rate_limit_error" : status >= 500 ? "server_error" : "invalid_request_error", ["param"] = null, ["code"] = null },
    };

    public override (string? Event, string Data) ErrorEvent(string message) =>
        ("response.failed", new JsonObject
        {
            ["type"] = "response.failed",
            ["response"] = new JsonObject { ["id"] = "resp_simulated", ["status"] = "failed", ["error"] = new JsonObject { ["code"] = "server_error", ["message"] = message } },
        }.ToJsonString());

    public override (string? Event, string Data) PlainErrorEvent(string message) =>
        ("error", new JsonObject { ["type"] = "error", ["code"] = "server_error", ["message"] = message, ["param"] = null }.ToJsonString());

    private static IEnumerable<(string Type, JsonObject Members)> Listed(SimulatedTurn turn, ScriptedAnswer script)
    {
        yield return ("response.created", new() { ["response"] = Response(turn, "in_progress", []) });
        yield return ("response.in_progress", new() { ["response"] = Response(turn, "in_progress", []) });
        var items = Items(turn);
        for (var i = 0; i < items.Count; i++)
        {
            foreach (var listed in ItemEvents(items[i], i, turn, script))
            {
                yield return listed;
            }
        }

        yield return ("response.completed", new() { ["response"] = Response(turn, "completed", items, script.Usage != "missing") });
    }

    private static IEnumerable<(string Type, JsonObject Members)> ItemEvents(JsonObject item, int index, SimulatedTurn turn, ScriptedAnswer script)
    {
        var id = (string?)item["id"];
        var (kind, text) = (string?)item["type"] switch
        {
            "function_call" => ("response.function_call_arguments", "arguments"),
            "custom_tool_call" => ("response.custom_tool_call_input", "input"),
            _ => (null, "content"),
        };
        var opening = (JsonObject)item.DeepClone();
        opening["status"] = "in_progress";
        opening[text] = kind is null ? new JsonArray() : "";
        yield return ("response.output_item.added", new() { ["output_index"] = index, ["item"] = opening });
        if (kind is not null)
        {
            var whole = (string)item[text]!; // a call of ours has it
            foreach (var part in script.DoneOnly ? [] : Parts(whole, script.Chunks))
            {
                yield return (kind + ".delta", new() { ["item_id"] = id, ["output_index"] = index, ["delta"] = part });
            }

            yield return (kind + ".done", new() { ["item_id"] = id, ["output_index"] = index, [text] = whole });
        }
        else
        {
            yield return ("response.content_part.added", new() { ["item_id"] = id, ["output_index"] = index, ["content_index"] = 0, ["part"] = Part("") });
            foreach (var part in Parts(turn.Text, script.Chunks))
            {
                yield return ("response.output_text.delta", new() { ["item_id"] = id, ["output_index"] = index, ["content_index"] = 0, ["delta"] = part });
            }

            yield return ("response.output_text.done", new() { ["item_id"] = id, ["output_index"] = index, ["content_index"] = 0, ["text"] = turn.Text });
            yield return ("response.content_part.done", new() { ["item_id"] = id, ["output_index"] = index, ["content_index"] = 0, ["part"] = Part(turn.Text) });
        }

        yield return ("response.output_item.done", new() { ["output_index"] = index, ["item"] = item.DeepClone() });
    }

    private static List<JsonObject> Items(SimulatedTurn turn)
    {
        var items = new List<JsonObject>();
        if (turn.Text.Length > 0)
        {
            items.Add(new() { ["id"] = "msg_simulated", ["type"] = "message", ["role"] = "assistant", ["status"] = "completed", ["content"] = new JsonArray(Part(turn.Text)) });
        }

        items.AddRange(turn.Calls.Select((call, index) => new JsonObject
        {
            ["id"] = $"fc_{index}",
            ["type"] = call.IsCustom ? "custom_tool_call" : "function_call",
            ["status"] = "completed",
            ["call_id"] = call.Id,
            ["name"] = call.Name,
            [call.IsCustom ? "input" : "arguments"] = call.Arguments,
        }));
        return items;
    }

    private static JsonObject Part(string text) => new() { ["type"] = "output_text", ["text"] = text, ["annotations"] = new JsonArray() };

    private static JsonObject Response(SimulatedTurn turn, string status, List<JsonObject> items, bool withUsage = true)
    {
        var done = status == "completed";
        return new()
        {
            ["id"] = "resp_simulated",
            ["object"] = "response",
            ["created_at"] = 1_700_000_000,
            ["status"] = status,
            ["model"] = turn.Model,
            ["error"] = null,
            ["output"] = new JsonArray([.. items.Select(item => item.DeepClone())]),
            ["usage"] = done && withUsage ? UsageOf(turn.Usage) : null,
        };
    }

    private static JsonObject UsageOf(SimulatedUsage usage) => new()
    {
        ["input_tokens"] = usage.AllInput,
        ["input_tokens_details"] = new JsonObject { ["cached_tokens"] = usage.CacheRead },
        ["output_tokens"] = usage.Output,
        ["output_tokens_details"] = new JsonObject { ["reasoning_tokens"] = usage.Reasoning },
        ["total_tokens"] = usage.AllInput + usage.Output,
    };
}
