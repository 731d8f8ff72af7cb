using System.Text.Json.Nodes;

namespace Paddock.Simulator;

/// <summary>One wire's shapes.</summary>
internal abstract class SimulatedWire
{
    public abstract string Name { get; }

    /// <summary>Names and parameter schemas of the tools a request offers.</summary>
    public abstract IEnumerable<(string Name, JsonObject? Schema)> ToolsOf(JsonObject request);

    /// <summary>How many tool results the conversation has already.</summary>
    public abstract int ToolResults(JsonObject request);

    /// <summary>Tokens as this wire can tell them: what it has no figure for counts where a reader of the wire must count it.</summary>
    public abstract SimulatedUsage Told(SimulatedUsage usage);

    public abstract JsonObject Plain(SimulatedTurn turn);

    /// <summary>The events of a streamed answer, in order; each is a name (or null) and data.</summary>
    public abstract IEnumerable<(string? Event, string Data)> Events(SimulatedTurn turn, Scripts.ScriptedAnswer script);

    public abstract JsonObject Error(int status, string message);

    /// <summary>An error in the middle of a stream.</summary>
    public abstract (string? Event, string Data) ErrorEvent(string message);

    /// <summary>The other form of it, where a wire has two.</summary>
    public virtual (string? Event, string Data) PlainErrorEvent(string message) => ErrorEvent(message);

    protected static IEnumerable<JsonObject> Objects(JsonNode? array) => array is JsonArray items ? items.OfType<JsonObject>() : [];

    /// <summary>A text in so many parts, never an empty one.</summary>
    protected static IEnumerable<string> Parts(string text, int parts)
    {
        var size = Math.Max(1, (text.Length + parts - 1) / parts);
        for (var at = 0; at < text.Length; at += size)
        {
            yield return text.Substring(at, Math.Min(size, text.Length - at));
        }
    }
}
