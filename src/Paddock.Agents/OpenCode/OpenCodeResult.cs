using Paddock.Core.Tools;

namespace Paddock.Agents.OpenCode;

/// <summary>Reads what opencode and Kilo's CLI say of their tools. Of a command they tell the output, not the exit code.</summary>
internal static class OpenCodeResult
{
    public static ToolResult Of(ToolShape shape, ResultText said) => said switch
    {
        _ when said.Says(2, "rejected permission", "specified a rule which prevents", "dismissed this question") => ToolResult.Denied,
        _ when shape.Class is ToolClass.Command && said.Text.LastIndexOf("<bash_metadata>", StringComparison.Ordinal) is >= 0 and var at && said.Text.AsSpan(at).Contains("timeout", StringComparison.Ordinal) => ToolResult.Timeout,
        { IsError: true } => ToolResult.Failure,
        _ when said.Begins("Error:", "File not found", "The arguments provided to the tool are invalid", "Tool execution aborted") || said.Says(1, "tool was called with invalid arguments") => ToolResult.Failure,
        _ => ToolResult.Success,
    };
}
