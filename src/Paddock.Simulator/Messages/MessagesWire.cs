using System.Text.Json.Nodes;
using Paddock.Simulator.Scripts;

namespace Paddock.Simulator.Messages;

/// <summary>Anthropic's Messages as that provider sends them.</summary>
internal sealed class MessagesWire : SimulatedWire
{
    public override string Name => "anthropic-messages";

    public override IEnumerable<(string Name, JsonObject? Schema)> ToolsOf(JsonObject request) =>
        Objects(request["tools"]).Select(tool => ((string?)tool["name"] ?? "", tool["input_schema"] as JsonObject));

    public override int ToolResults(JsonObject request) =>
        Objects(request["messages"]).Sum(message => Objects(message["content"]).Count(part => (string?)part["type"] == "tool_result"));

    public override SimulatedUsage Told(SimulatedUsage usage) => usage with { Reasoning = 0 };

    public override JsonObject Plain(SimulatedTurn turn)
    {
        var message = Message(turn, [.. Blocks(turn)], StopOf(turn));
        message["usage"] = UsageOf(turn.Usage, turn.Usage.Output);
        return message;
    }

    public override IEnumerable<(string? Event, string Data)> Events(SimulatedTurn turn, ScriptedAnswer script)
    {
        var start = Message(turn, [], null);
        start["usage"] = UsageOf(turn.Usage, 1);
        yield return Named("message_start", new() { ["message"] = start });
        yield return Named("ping", []);
        var index = 0;
        foreach (var block in Blocks(turn))
        {
            foreach (var listed in BlockEvents(block, index++, script))
            {
                yield return listed;
            }
        }

        var delta = new JsonObject { ["delta"] = new JsonObject { ["stop_reason"] = StopOf(turn), ["stop_sequence"] = null } };
        if (script.Usage != "missing")
        {
            delta["usage"] = new JsonObject { ["output_tokens"] = turn.Usage.Output };
        }

        yield return Named("message_delta", delta);
        yield return Named("message_stop", []);
    }

    public override JsonObject Error(int status, string message) => new()
    {
        ["type"] = "error",
        ["error"] = new JsonObject { ["type"] = TypeOf(status), ["message"] = message },
        ["request_id"] = "req_simulated",
    };

    public override (string? Event, string Data) ErrorEvent(string message) =>
        Named("error", new() { ["error"] = new JsonObject { ["type"] = "overloaded_error", ["message"] = message } });

    private static string TypeOf(int status) => status switch
    {
        401 => "authentication_error",
        402 => "billing_error",
        403 => "permission_error",
        404 => "not_found_error",
        413 => "request_too_large",
        429 => "rate_limit_error",
        504 => "timeout_error",
        529 => "overloaded_error",
        >= 500 => "api_error",
        _ => "invalid_request_error",
    };

    private static IEnumerable<(string? Event, string Data)> BlockEvents(JsonObject block, int index, ScriptedAnswer script)
    {
        var (empty, deltas) = (string?)block["type"] switch
        {
            "thinking" => (new JsonObject { ["type"] = "thinking", ["thinking"] = "", ["signature"] = "" },
                Parts((string)block["thinking"]!, script.Chunks).Select(part => new JsonObject { ["type"] = "thinking_delta", ["thinking"] = part }) // a block of ours
                    .Append(new() { ["type"] = "signature_delta", ["signature"] = "c2ltdWxhdGVk" })),
            "tool_use" or "server_tool_use" => (new JsonObject { ["type"] = (string?)block["type"], ["id"] = (string?)block["id"], ["name"] = (string?)block["name"], ["input"] = new JsonObject() },
                Parts(block["input"]!.ToJsonString(), script.DoneOnly ? 1 : script.Chunks).Select(part => new JsonObject { ["type"] = "input_json_delta", ["partial_json"] = part })), // a block of ours
            _ => (new JsonObject { ["type"] = "text", ["text"] = "" },
                Parts((string)block["text"]!, script.Chunks).Select(part => new JsonObject { ["type"] = "text_delta", ["text"] = part })), // a block of ours
        };
        yield return Named("content_block_start", new() { ["index"] = index, ["content_block"] = empty });
        foreach (var delta in deltas)
        {
            yield return Named("content_block_delta", new() { ["index"] = index, ["delta"] = delta });
        }

        yield return Named("content_block_stop", new() { ["index"] = index });
    }

    private static IEnumerable<JsonObject> Blocks(SimulatedTurn turn)
    {
        if (turn.Thinking.Length > 0)
        {
            yield return new() { ["type"] = "thinking", ["thinking"] = turn.Thinking, ["signature"] = "c2ltdWxhdGVk" };
        }

        if (turn.Text.Length > 0)
        {
            yield return new() { ["type"] = "text", ["text"] = turn.Text };
        }

        foreach (var call in turn.Calls)
        {
            yield return call.IsCustom
                ? new() { ["type"] = "server_tool_use", ["id"] = "srvtoolu_" + call.Id, ["name"] = call.Name, ["input"] = new JsonObject { ["text"] = call.Arguments } }
                : new() { ["type"] = "tool_use", ["id"] = "toolu_" + call.Id, ["name"] = call.Name, ["input"] = JsonNode.Parse(call.Arguments) };
        }
    }

    private static JsonObject Message(SimulatedTurn turn, JsonNode[] content, string? stop) => new()
    {
        ["id"] = "msg_simulated",
        ["type"] = "message",
        ["role"] = "assistant",
        ["model"] = turn.Model,
        ["content"] = new JsonArray(content),
        ["stop_reason"] = stop,
        ["stop_sequence"] = null,
    };

    private static string StopOf(SimulatedTurn turn) => turn.Calls.Any(call => !call.IsCustom) ? "tool_use" : "end_turn";

    private static JsonObject UsageOf(SimulatedUsage usage, long output) => new()
    {
        ["input_tokens"] = usage.Input,
        ["cache_creation_input_tokens"] = usage.CacheWrite5m + usage.CacheWrite1h,
        ["cache_read_input_tokens"] = usage.CacheRead,
        ["cache_creation"] = new JsonObject { ["ephemeral_5m_input_tokens"] = usage.CacheWrite5m, ["ephemeral_1h_input_tokens"] = usage.CacheWrite1h },
        ["output_tokens"] = output,
    };

    private static (string? Event, string Data) Named(string type, JsonObject members)
    {
        var data = new JsonObject { ["type"] = type };
        foreach (var (name, value) in members)
        {
            data[name] = value?.DeepClone();
        }

        return (type, data.ToJsonString());
    }
}
