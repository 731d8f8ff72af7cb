using System.Text.Json;
using Paddock.Agents.ClaudeCode;
using Paddock.Agents.Hooks;
using Paddock.Core.Agents;

namespace Paddock.Agents.GeminiCli;

/// <summary>Gemini CLI's hooks: nearly Claude Code's shape, without a call's id, and with an MCP tool's server beside its name.</summary>
internal sealed class GeminiCliHooks : IAgentHooks
{
    public string Agent => "gemini-cli";

    public byte[] Neutral { get; } = "{}"u8.ToArray();

    public HookEvent Read(JsonElement body)
    {
        var (read, mcp) = (ClaudeCodeHooks.Read(body, "BeforeTool"), HookBody.Part(body, "mcp_context"));
        return read is HookEvent.Call { Told: var told } && HookBody.Name(mcp, "server_name") is { } server && HookBody.Name(mcp, "tool_name") is { } tool
            ? new HookEvent.Call(told with { Mcp = new(server, tool) })
            : read;
    }

    public byte[] Refuse(HookEvent.Call? call, string said) => HookDenial.Of(Agent, said)!; // it is one of its agents
}
