using Paddock.Core.Tools;

namespace Paddock.Agents.Copilot;

/// <summary>Reads what GitHub Copilot CLI says of its tools: the exit code of a command stands behind its output.</summary>
internal static class CopilotResult
{
    private const string Mark = "<exited with exit code ";

    public static ToolResult Of(ToolShape shape, ResultText said) => said switch
    {
        _ when said.Says(2, "Denied by preToolUse hook", "The user rejected this tool call", "Permission denied and could not request permission") => ToolResult.Denied,
        _ when shape.Class is ToolClass.Command && said.Text.LastIndexOf(Mark, StringComparison.Ordinal) is >= 0 and var at && new ResultText(said.Text[at..], null).NumberBehind(Mark, 1) is { } code => ToolResult.OfExit(code),
        _ => UsualResult.Of(shape, said),
    };
}
