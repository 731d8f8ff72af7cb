using System.Text.Json;

namespace Paddock.Agents.Hooks;

/// <summary>A line for the person, in the shape of Claude Code, which Codex and Gemini CLI share: the agent shows it, and the model does not get it.</summary>
internal static class HookNotice
{
    public static byte[] Of(string line)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("systemMessage"u8, line);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
