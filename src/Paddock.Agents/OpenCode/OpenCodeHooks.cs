using System.Text.Json;
using Paddock.Agents.Hooks;

namespace Paddock.Agents.OpenCode;

/// <summary>What Paddock's plugin for opencode and Kilo's CLI asks before a tool runs; the plugin throws what is refused.</summary>
internal class OpenCodeHooks : IAgentHooks
{
    public virtual string Agent => "opencode";

    public byte[] Neutral { get; } = "{\"decision\":\"allow\"}"u8.ToArray();

    public HookEvent Read(JsonElement body) =>
        HookBody.Name(body, "tool") is { } tool && HookBody.Arguments(body, "args") is { } arguments
            ? new HookEvent.Call(new()
            {
                Tool = tool,
                CallId = HookBody.Name(body, "callID"),
                Arguments = arguments,
                Session = HookBody.Name(body, "sessionID"),
                Folder = HookBody.Text(body, "directory"),
            })
            : new HookEvent.Malformed("It does not name its tool and the tool's args");

    public byte[] Refuse(HookEvent.Call? call, string said)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("decision"u8, "deny"u8);
            json.WriteString("reason"u8, said);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
