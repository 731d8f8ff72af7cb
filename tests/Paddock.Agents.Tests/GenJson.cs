using System.Text.Json;
using CsCheck;

namespace Paddock.Agents.Tests;

/// <summary>JSON built of the names that dialects look for, nested in any order, with strings of any kind.</summary>
internal static class GenJson
{
    private static readonly string[] names = ["user_id", "session_id", "installation_id", "workspaces", "associated_remote_urls", "origin", "type", "text", "/w", "hook_event_name", "tool_name", "tool_input", "toolName", "toolArgs", "hookName", "tool_call", "name", "input", "preToolUse", "tool", "args", "workspaceRoots"];

    private static readonly Gen<string> text = Gen.OneOf(
        Gen.String.Select(s => JsonSerializer.Serialize(s)),
        Gen.OneOfConst("\"\\ud800\"", "\"text\"", "\"https://u:p@h/x.git\"", "\"git@h:x\"", "\"a_session_\"", "\"{\\\"session_id\\\":1}\"", "\"PreToolUse\"", "\"BeforeTool\"", "\"tool_call\"", "\"beforeMCPExecution\"", "\"<environment_details>\\n</environment_details>\""));

    public static Gen<string> Any { get; } = Gen.Recursive<string>((depth, inner) => depth >= 4
        ? text
        : Gen.OneOf(
            text,
            Gen.OneOfConst("null", "1", "true", "{", "]"),
            inner.Array[0, 3].Select(items => $"[{string.Join(',', items)}]"),
            Gen.Select(Gen.OneOfConst(names), inner).Array[0, 4].Select(members => $"{{{string.Join(',', members.Select(m => $"\"{m.Item1}\":{m.Item2}"))}}}")));
}
