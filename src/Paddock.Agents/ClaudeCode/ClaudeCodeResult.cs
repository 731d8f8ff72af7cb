using Paddock.Core.Tools;

namespace Paddock.Agents.ClaudeCode;

/// <summary>Reads what Claude Code says of its tools: the wire says whether it failed, the first line of a failed command its exit code.</summary>
internal static class ClaudeCodeResult
{
    public static ToolResult Of(ToolShape shape, ResultText said) => said switch
    {
        { IsError: not true } when shape.Class is ToolClass.Command && !said.Says(1, "running in background", "running in the background") => ToolResult.OfExit(0),
        { IsError: not true } => ToolResult.Success,
        _ when said.Says(2, "doesn't want to proceed", "doesn't want to take this action", "Permission to use", "requested permissions", "has been denied", "hook error", "blocked by hook") => ToolResult.Denied,
        _ when said.Says(2, "timed out after") => ToolResult.Timeout,
        _ when said.Begins("Exit code ") && said.NumberBehind("Exit code ", 1) is { } code => ToolResult.OfExit(code),
        _ => ToolResult.Failure,
    };
}
