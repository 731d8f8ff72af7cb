using System.Text.Json;
using Paddock.Agents.Hooks;
using Paddock.Core.Agents;

namespace Paddock.Agents.ClaudeCode;

/// <summary>Claude Code's hooks, as programs or of the type <c>http</c>. Others copied their shape.</summary>
internal sealed class ClaudeCodeHooks : IAgentHooks
{
    public string Agent => "claude-code";

    /// <summary>Not <c>allow</c>: that would skip the person's own permission prompt.</summary>
    public byte[] Neutral { get; } = "{}"u8.ToArray();

    public HookEvent Read(JsonElement body) => Read(body, "PreToolUse");

    public byte[] Refuse(HookEvent.Call? call, string said) => HookDenial.Of(Agent, said)!; // it is one of its agents

    /// <param name="before">Its name for the event before a tool runs.</param>
    public static HookEvent Read(JsonElement body, string before)
    {
        if (HookBody.Name(body, "hook_event_name") is not { } name)
        {
            return new HookEvent.Malformed("It does not name its event");
        }

        if (name != before)
        {
            return HookEvent.Other.Instance;
        }

        if (HookBody.Name(body, "tool_name") is not { } tool || HookBody.Arguments(body, "tool_input") is not { } arguments)
        {
            return new HookEvent.Malformed("It does not name its tool and the tool's input");
        }

        return new HookEvent.Call(new()
        {
            Tool = tool,
            CallId = HookBody.Name(body, "tool_use_id"),
            Arguments = arguments,
            Session = HookBody.Name(body, "session_id"),
            Folder = HookBody.Text(body, "cwd"),
            Model = HookBody.Name(body, "model"),
        });
    }
}
