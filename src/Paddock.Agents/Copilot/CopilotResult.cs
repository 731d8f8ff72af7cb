using Paddock.Core.Tools;

namespace Paddock.Agents.Copilot;

/// <summary>Reads what GitHub Copilot CLI says of its tools: the exit code of a command stands behind its output, between angle brackets (seen with 1.0.102).</summary>
internal static class CopilotResult
{
    private const string Mark = " with exit code ";

    public static ToolResult Of(ToolShape shape, ResultText said) => said switch
    {
        _ when said.Says(2, "Denied by preToolUse hook", "The user rejected this tool call", "Permission denied and could not request permission") => ToolResult.Denied,
        _ when shape.Class is ToolClass.Command && ExitCodeIn(said.Text) is { } code => ToolResult.OfExit(code),
        _ => UsualResult.Of(shape, said),
    };

    /// <summary>The one in the last line; null when that tells none.</summary>
    public static int? ExitCodeIn(string text)
    {
        var last = text[(text.TrimEnd().LastIndexOf('\n') + 1)..].TrimEnd();
        return last.StartsWith('<') && last.EndsWith('>') ? new ResultText(last, null).NumberBehind(Mark, 1) : null;
    }
}
