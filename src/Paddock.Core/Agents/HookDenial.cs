using System.Text.Json;

namespace Paddock.Core.Agents;

/// <summary>
/// How a refusal must look to the hook of each agent. The server writes it, and so does the shim that agents start when it cannot reach
/// the server. Seen with Claude Code 2.1.197, Codex 0.169.0, Gemini CLI 0.61.0, Copilot CLI 1.0.102 and Cline 3.0.65; Cursor's as documented.
/// </summary>
public static class HookDenial
{
    /// <summary>The agents whose hooks are programs.</summary>
    public static IReadOnlyList<string> Agents { get; } = ["claude-code", "cline", "codex", "copilot", "cursor", "gemini-cli"];

    /// <param name="said">Why, for the model.</param>
    /// <returns>JSON, UTF-8; null when the agent is none of <see cref="Agents"/>.</returns>
    public static byte[]? Of(string agent, string said) => agent switch
    {
        "claude-code" or "codex" => Json(said, static (json, text) =>
        {
            json.WriteStartObject("hookSpecificOutput"u8);
            json.WriteString("hookEventName"u8, "PreToolUse"u8);
            json.WriteString("permissionDecision"u8, "deny"u8);
            json.WriteString("permissionDecisionReason"u8, text);
            json.WriteEndObject();
        }),
        "gemini-cli" => Json(said, static (json, text) =>
        {
            json.WriteString("decision"u8, "deny"u8);
            json.WriteString("reason"u8, text);
        }),
        "copilot" => Json(said, static (json, text) =>
        {
            json.WriteString("permissionDecision"u8, "deny"u8);
            json.WriteString("permissionDecisionReason"u8, text);
        }),
        "cline" => Json(said, static (json, text) => // ends the run: Cline has no other refusal that holds for every tool
        {
            json.WriteBoolean("cancel"u8, true);
            json.WriteString("errorMessage"u8, text);
        }),
        "cursor" => Json(said, static (json, text) =>
        {
            json.WriteString("permission"u8, "deny"u8);
            json.WriteString("user_message"u8, text);
            json.WriteString("agent_message"u8, text);
        }),
        _ => null,
    };

    private static byte[] Json(string said, Action<Utf8JsonWriter, string> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json, said);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
