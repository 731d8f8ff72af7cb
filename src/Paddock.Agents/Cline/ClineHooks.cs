using System.Text.Json;
using Paddock.Agents.Hooks;
using Paddock.Core.Agents;
using Paddock.Core.Tools;

namespace Paddock.Agents.Cline;

/// <summary>
/// Cline's file hooks: CLI and extension. Cline ends its whole run when a hook cancels a tool, so a refused command is made harmless
/// instead, and the model is told beside its result (seen with 3.0.65). What else is refused ends the run.
/// </summary>
internal sealed class ClineHooks : IAgentHooks
{
    public string Agent => "cline";

    public byte[] Neutral { get; } = "{\"cancel\":false}"u8.ToArray();

    public HookEvent Read(JsonElement body)
    {
        if (HookBody.Name(body, "hookName") is not { } name)
        {
            return new HookEvent.Malformed("It does not name its event");
        }

        if (name is not ("tool_call" or "PreToolUse"))
        {
            return HookEvent.Other.Instance;
        }

        var (call, before) = (HookBody.Part(body, "tool_call"), HookBody.Part(body, "preToolUse"));
        var isCli = call.ValueKind is JsonValueKind.Object;
        var tool = isCli ? HookBody.Name(call, "name") : HookBody.Name(before, "toolName");
        var arguments = isCli ? HookBody.Arguments(call, "input") : HookBody.Arguments(before, "parameters");
        return tool is not null && arguments is not null
            ? new HookEvent.Call(new()
            {
                Tool = tool,
                CallId = HookBody.Name(call, "id"),
                Arguments = arguments,
                Session = HookBody.Name(body, "taskId"),
                Version = HookBody.Name(body, "clineVersion"),
                Folder = FirstRoot(body),
            })
            : new HookEvent.Malformed("It does not name its tool and the tool's input");
    }

    public byte[] Refuse(HookEvent.Call? call, string said) =>
        call is { Told: { IsFree: false } told } && ClineTools.All.GetValueOrDefault(told.Tool) is { Class: ToolClass.Command } shape && HarmlessCall.Arguments(shape, said, isFree: false) is { } harmless
            ? Overridden(harmless, said)
            : HookDenial.Of(Agent, said)!; // it is one of its agents

    private static byte[] Overridden(byte[] arguments, string said)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteBoolean("cancel"u8, false);
            json.WritePropertyName("overrideInput"u8);
            json.WriteRawValue(arguments);
            json.WriteString("context"u8, said);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static string? FirstRoot(JsonElement body) =>
        body.TryGetProperty("workspaceRoots", out var roots) && roots.ValueKind is JsonValueKind.Array && roots.GetArrayLength() > 0 && roots[0].ValueKind is JsonValueKind.String ? roots[0].GetString() : null;
}
