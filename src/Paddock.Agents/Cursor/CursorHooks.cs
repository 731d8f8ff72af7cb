using System.Text;
using System.Text.Json;
using Paddock.Agents.ClaudeCode;
using Paddock.Agents.Hooks;
using Paddock.Core.Agents;

namespace Paddock.Agents.Cursor;

/// <summary>Cursor's hooks before something runs, as documented: one event for any tool, and older ones for commands, MCP tools and files.</summary>
internal sealed class CursorHooks : IAgentHooks
{
    public string Agent => "cursor";

    /// <summary>The word does not skip Cursor's own prompt.</summary>
    public byte[] Neutral { get; } = "{\"permission\":\"allow\"}"u8.ToArray();

    public HookEvent Read(JsonElement body) => HookBody.Name(body, "hook_event_name") switch
    {
        null => new HookEvent.Malformed("It does not name its event"),
        "preToolUse" => WithSession(body, ClaudeCodeHooks.Read(body, "preToolUse")),
        "beforeShellExecution" when HookBody.Text(body, "command") is { } command => Told(body, "Shell", Member("command", command)),
        "beforeReadFile" when HookBody.Text(body, "file_path") is { } path => Told(body, "Read", Member("path", path)),
        "beforeMCPExecution" when HookBody.Name(body, "tool_name") is { } tool && HookBody.Arguments(body, "tool_input") is { } arguments =>
            WithMcp(body, tool, Told(body, tool, arguments)),
        "beforeShellExecution" or "beforeReadFile" or "beforeMCPExecution" => new HookEvent.Malformed("It does not say what is run"),
        _ => HookEvent.Other.Instance,
    };

    public byte[] Refuse(HookEvent.Call? call, string said) => HookDenial.Of(Agent, said)!; // it is one of its agents

    private static HookEvent WithSession(JsonElement body, HookEvent read) =>
        read is HookEvent.Call { Told: var told } ? new HookEvent.Call(told with { Session = HookBody.Name(body, "conversation_id"), Version = HookBody.Name(body, "cursor_version") }) : read;

    /// <summary>The server has no name here, only the way it is reached.</summary>
    private static HookEvent.Call WithMcp(JsonElement body, string tool, HookEvent.Call call) =>
        new(call.Told with { Mcp = new(HookBody.Name(body, "url") ?? HookBody.Name(body, "command") ?? "unknown", tool) });

    private static HookEvent.Call Told(JsonElement body, string tool, byte[] arguments) => new(new()
    {
        Tool = tool,
        CallId = HookBody.Name(body, "tool_use_id"),
        Arguments = arguments,
        Session = HookBody.Name(body, "conversation_id"),
        Version = HookBody.Name(body, "cursor_version"),
        Folder = HookBody.Text(body, "cwd"),
        Model = HookBody.Name(body, "model"),
    });

    private static byte[] Member(string name, string text) => Encoding.UTF8.GetBytes($"{{\"{name}\":\"{JsonEncodedText.Encode(text)}\"}}");
}
