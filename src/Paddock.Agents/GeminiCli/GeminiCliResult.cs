using Paddock.Core.Tools;

namespace Paddock.Agents.GeminiCli;

/// <summary>Reads what Gemini CLI says of its tools: of a command a list of lines, the exit code behind the output.</summary>
internal static class GeminiCliResult
{
    private const string Mark = "\nExit Code: ";

    public static ToolResult Of(ToolShape shape, ResultText said) => said switch
    {
        _ when said.Says(2, "[Operation Cancelled]", "Tool execution denied", "denied by policy") => ToolResult.Denied,
        _ when shape.Class is ToolClass.Command && ExitCodeIn(said.Text) is { } code => ToolResult.OfExit(code),
        _ => UsualResult.Of(shape, said),
    };

    /// <summary>The last that is told; null when none is.</summary>
    public static int? ExitCodeIn(string text) =>
        text.LastIndexOf(Mark, StringComparison.Ordinal) is >= 0 and var at ? new ResultText(text[(at + 1)..], null).NumberBehind(Mark.TrimStart(), 1) : null;
}
