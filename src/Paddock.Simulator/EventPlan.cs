using System.Text.Json.Nodes;
using Paddock.Simulator.Scripts;

namespace Paddock.Simulator;

/// <summary>Which events a streamed answer has when its script puts something wrong, odd or huge among them, and where it is cut.</summary>
internal static class EventPlan
{
    public static IReadOnlyList<(string? Event, string Data)> Of(SimulatedWire wire, SimulatedTurn turn, ScriptedAnswer script)
    {
        var events = wire.Events(turn, script).ToList();
        var middle = Math.Max(1, events.Count / 2);
        if (script.Huge > 0)
        {
            events.InsertRange(middle, wire.Events(turn with { Text = new('x', script.Huge), Thinking = "", Calls = [] }, script with { Chunks = 1 }).Where(one => one.Data.Length > script.Huge).Take(1));
        }

        if (script.Unknown)
        {
            events.Insert(middle, ("simulated.unknown", new JsonObject { ["type"] = "simulated.unknown", ["note"] = "Nobody knows this type." }.ToJsonString()));
        }

        if (script.Garbage is { } garbage)
        {
            events.Insert(garbage == "mid" ? middle : 0, (null, "{\"this is no JSON"));
        }

        events = script.Error switch
        {
            null => events,
            "mid" => [.. events.Take(middle), wire.ErrorEvent("The simulator was told to fail.")],
            "plain" => [wire.PlainErrorEvent("The simulator was told to fail.")],
            _ => [wire.ErrorEvent("The simulator was told to fail.")],
        };
        return script.Cut switch
        {
            null => events,
            "last" => events[..^1],
            _ => events[..Math.Max(1, events.Count / 2)],
        };
    }
}
