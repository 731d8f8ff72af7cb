using System.Text;
using System.Text.Json;
using Paddock.Agents.ClaudeCode;
using Paddock.Agents.Hooks;
using Paddock.Core.Agents;

namespace Paddock.Agents.Codex;

/// <summary>
/// Codex' hooks, in Claude Code's shape. Seen with 0.169.0: whatever tool runs a command is <c>Bash</c> with the command alone, the
/// session is the <c>session-id</c> of its model calls, the call's id is the model's. A patch comes as the text of a command.
/// </summary>
internal sealed class CodexHooks : IAgentHooks
{
    private const string Patch = "apply_patch";

    public string Agent => "codex";

    public byte[] Neutral { get; } = "{}"u8.ToArray();

    public HookEvent Read(JsonElement body)
    {
        var read = ClaudeCodeHooks.Read(body, "PreToolUse");
        return read is HookEvent.Call { Told: { Tool: Patch } told } && HookBody.Text(HookBody.Part(body, "tool_input"), "command") is { } patch
            ? new HookEvent.Call(told with { Arguments = Encoding.UTF8.GetBytes(patch), IsFree = true })
            : read;
    }

    public byte[] Refuse(HookEvent.Call? call, string said) => HookDenial.Of(Agent, said)!; // it is one of its agents
}
