using System.Text.Json.Nodes;
using Paddock.Simulator.Scripts;

namespace Paddock.Simulator.Chat;

/// <summary>OpenAI's chat completions as that provider sends them.</summary>
internal sealed class ChatWire : SimulatedWire
{
    public override string Name => "openai-chat";

    public override IEnumerable<(string Name, JsonObject? Schema)> ToolsOf(JsonObject request) =>
        Objects(request["tools"]).Select(tool => tool["function"]).OfType<JsonObject>().Select(function => ((string?)function["name"] ?? "", function["parameters"] as JsonObject));

    public override int ToolResults(JsonObject request) => Objects(request["messages"]).Count(message => (string?)message["role"] == "tool");

    public override SimulatedUsage Told(SimulatedUsage usage) => usage with { CacheWrite5m = usage.CacheWrite5m + usage.CacheWrite1h, CacheWrite1h = 0 };

    public override JsonObject Plain(SimulatedTurn turn)
    {
        var message = new JsonObject { ["role"] = "assistant", ["content"] = turn.Text };
        if (turn.Thinking.Length > 0)
        {
            message["reasoning_content"] = turn.Thinking;
        }

        if (turn.Calls.Count > 0)
        {
            message["tool_calls"] = new JsonArray([.. turn.Calls.Select(CallOf)]);
        }

        return new()
        {
            ["id"] = "chatcmpl-simulated",
            ["object"] = "chat.completion",
            ["created"] = 1_700_000_000,
            ["model"] = turn.Model,
            ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["message"] = message, ["finish_reason"] = FinishOf(turn) }),
            ["usage"] = UsageOf(turn.Usage),
        };
    }

    public override IEnumerable<(string? Event, string Data)> Events(SimulatedTurn turn, ScriptedAnswer script)
    {
        yield return (null, Chunk(turn, new JsonObject { ["role"] = "assistant", ["content"] = "" }, null));
        foreach (var part in Parts(turn.Thinking, script.Chunks))
        {
            yield return (null, Chunk(turn, new JsonObject { ["reasoning_content"] = part }, null));
        }

        foreach (var part in Parts(turn.Text, script.Chunks))
        {
            yield return (null, Chunk(turn, new JsonObject { ["content"] = part }, null));
        }

        foreach (var delta in CallDeltas(turn, script))
        {
            yield return (null, Chunk(turn, delta, null));
        }

        foreach (var data in Ending(turn, script))
        {
            yield return (null, data);
        }
    }

    public override JsonObject Error(int status, string message) => new()
    {
        ["error"] = new JsonObject { ["message"] = message, ["type"] = status == 429 ? "rate_limit_error" : status >= 500 ? "server_error" : "invalid_request_error", ["param"] = null, ["code"] = null },
    };

    public override (string? Event, string Data) ErrorEvent(string message) => (null, Error(500, message).ToJsonString());

    private static IEnumerable<JsonObject> CallDeltas(SimulatedTurn turn, ScriptedAnswer script)
    {
        var each = turn.Calls.Select((call, index) => DeltasOf(call, index, script).ToList()).ToList();
        return script.Interleave
            ? Enumerable.Range(0, each.Max(deltas => (int?)deltas.Count) ?? 0).SelectMany(step => each.Where(deltas => step < deltas.Count).Select(deltas => deltas[step]))
            : each.SelectMany(deltas => deltas);
    }

    private static IEnumerable<JsonObject> DeltasOf(SimulatedCall call, int index, ScriptedAnswer script)
    {
        var text = call.IsCustom ? "input" : "arguments";
        yield return Delta(index, call, new() { ["name"] = call.Name, [text] = script.DoneOnly ? call.Arguments : "" }, isFirst: true);
        foreach (var part in script.DoneOnly ? [] : Parts(call.Arguments, script.Chunks))
        {
            yield return Delta(index, call, new() { [text] = part }, isFirst: false);
        }
    }

    private static JsonObject Delta(int index, SimulatedCall call, JsonObject content, bool isFirst)
    {
        var delta = new JsonObject { ["index"] = index, [KindOf(call)] = content };
        if (isFirst)
        {
            delta["id"] = call.Id;
            delta["type"] = KindOf(call);
        }

        return new() { ["tool_calls"] = new JsonArray(delta) };
    }

    private static IEnumerable<string> Ending(SimulatedTurn turn, ScriptedAnswer script)
    {
        var usage = UsageOf(turn.Usage);
        yield return Chunk(turn, [], FinishOf(turn), script.Usage == "delta" ? usage : null);
        if (script.Usage == "nochoices")
        {
            yield return new JsonObject { ["id"] = "chatcmpl-simulated", ["object"] = "chat.completion.chunk", ["model"] = turn.Model, ["usage"] = usage }.ToJsonString();
        }
        else if (script.Usage == "normal" && turn.IncludeUsage)
        {
            yield return new JsonObject { ["id"] = "chatcmpl-simulated", ["object"] = "chat.completion.chunk", ["created"] = 1_700_000_000, ["model"] = turn.Model, ["choices"] = new JsonArray(), ["usage"] = usage }.ToJsonString();
        }

        yield return "[DONE]";
    }

    private static string Chunk(SimulatedTurn turn, JsonObject delta, string? finish, JsonObject? usage = null)
    {
        var chunk = new JsonObject
        {
            ["id"] = "chatcmpl-simulated",
            ["object"] = "chat.completion.chunk",
            ["created"] = 1_700_000_000,
            ["model"] = turn.Model,
            ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finish }),
        };
        if (usage is not null)
        {
            chunk["usage"] = usage;
        }

        return chunk.ToJsonString();
    }

    private static JsonObject CallOf(SimulatedCall call) => new()
    {
        ["id"] = call.Id,
        ["type"] = KindOf(call),
        [KindOf(call)] = new JsonObject { ["name"] = call.Name, [call.IsCustom ? "input" : "arguments"] = call.Arguments },
    };

    private static string KindOf(SimulatedCall call) => call.IsCustom ? "custom" : "function";

    private static string FinishOf(SimulatedTurn turn) => turn.Calls.Count > 0 ? "tool_calls" : "stop";

    private static JsonObject UsageOf(SimulatedUsage usage) => new()
    {
        ["prompt_tokens"] = usage.AllInput,
        ["completion_tokens"] = usage.Output,
        ["total_tokens"] = usage.AllInput + usage.Output,
        ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = usage.CacheRead },
        ["completion_tokens_details"] = new JsonObject { ["reasoning_tokens"] = usage.Reasoning },
        ["cache_creation_input_tokens"] = usage.CacheWrite5m + usage.CacheWrite1h,
    };
}
