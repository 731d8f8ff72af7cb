using System.Text.Json.Nodes;
using Paddock.Simulator.Scripts;

namespace Paddock.Simulator;

/// <summary>Decides what the model says: what the script tells, else one shell call for each command and a final answer after the last result.</summary>
internal static class TurnPlanner
{
    private static readonly string[] Finishers = ["attempt_completion", "submit_and_exit"];

    public static SimulatedTurn Plan(JsonObject request, SimulatedWire wire, ScriptedAnswer script, IReadOnlyList<string> commands, long bodyBytes)
    {
        var tools = wire.ToolsOf(request).ToList();
        var calls = Calls(request, wire, script, commands, tools);
        var text = script.Text ?? (calls.Count > 0 ? "" : "All done: the file is written.");
        return new()
        {
            Model = (string?)request["model"] ?? "simulated",
            Stream = request["stream"] is JsonValue value && value.TryGetValue<bool>(out var stream) && stream,
            IncludeUsage = request["stream_options"]?["include_usage"] is JsonValue wanted && wanted.TryGetValue<bool>(out var include) && include,
            Thinking = script.Thinking ? "Let me think about the next step." : "",
            Text = text,
            Calls = calls,
            Usage = wire.Told(new(script.Input ?? (bodyBytes + 3) / 4, script.Cached, script.Write5m, script.Write1h, script.Output ?? 20, Math.Min(script.Reasoning, script.Output ?? 20))),
        };
    }

    private static List<SimulatedCall> Calls(JsonObject request, SimulatedWire wire, ScriptedAnswer script, IReadOnlyList<string> commands, List<(string Name, JsonObject? Schema)> tools)
    {
        if (script.Tools.Count > 0)
        {
            return [.. script.Tools.Select((name, index) => new SimulatedCall($"call_{index}", name, script.Arguments ?? (script.Custom ? "free text" : "{}"), script.Custom))];
        }

        if (script.Text is not null)
        {
            return [];
        }

        var done = wire.ToolResults(request);
        if (done < commands.Count && ShellCall.Find(tools, commands[done]) is { } shell)
        {
            return [done == 0 ? shell : shell with { Id = $"{shell.Id}_{done}" }];
        }

        var finisher = tools.FirstOrDefault(tool => Finishers.Contains(tool.Name));
        return finisher.Name is null ? [] : [new("call_done", finisher.Name, """{"result":"All done: the file is written."}""")];
    }
}
