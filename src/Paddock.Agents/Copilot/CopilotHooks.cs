using System.Text.Json;
using Paddock.Agents.Hooks;
using Paddock.Core.Agents;

namespace Paddock.Agents.Copilot;

/// <summary>
/// GitHub Copilot CLI's <c>preToolUse</c> hook. Its input names no event and no call: one command is set up for each event, so that what
/// names no tool is taken for a broken question, not for another event.
/// </summary>
internal sealed class CopilotHooks : IAgentHooks
{
    public string Agent => "copilot";

    public byte[] Neutral { get; } = "{}"u8.ToArray();

    public HookEvent Read(JsonElement body)
    {
        if (body.TryGetProperty("toolResult", out _))
        {
            return HookEvent.Other.Instance; // after the tool has run
        }

        return HookBody.Name(body, "toolName") is { } tool && HookBody.Arguments(body, "toolArgs") is { } arguments
            ? new HookEvent.Call(new() { Tool = tool, Arguments = arguments, Session = HookBody.Name(body, "sessionId"), Folder = HookBody.Text(body, "cwd") })
            : new HookEvent.Malformed("It does not name its tool and the tool's arguments");
    }

    public byte[] Refuse(HookEvent.Call? call, string said) => HookDenial.Of(Agent, said)!; // it is one of its agents
}
