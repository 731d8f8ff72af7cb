using Paddock.Core.Tools;

namespace Paddock.Agents.Cline;

/// <summary>Reads what Cline says of its tools: the CLI as a JSON list with one entry per command or file, the extension in sentences.</summary>
internal static class ClineResult
{
    public static ToolResult Of(ToolShape shape, ResultText said) => said switch
    {
        _ when said.Says(2, "The user denied this operation", "PADDOCK-DENY") => ToolResult.Denied,
        _ when said.Begins("[", "{") => OfList(shape, said),
        _ when said.Says(2, "The tool execution failed", "Command failed") => ToolResult.Failure,
        _ when shape.Class is ToolClass.Command && said.Says(2, "timed out") => ToolResult.Timeout,
        _ => UsualResult.Of(shape, said),
    };

    private static ToolResult OfList(ToolShape shape, ResultText said)
    {
        var compact = said.Text.Replace("\"success\": ", "\"success\":", StringComparison.Ordinal);
        return compact.Contains("\"success\":false", StringComparison.Ordinal) ? said.Text.Contains("timed out", StringComparison.OrdinalIgnoreCase) ? ToolResult.Timeout : ToolResult.Failure
            : said.Begins("{\"error\":") ? ToolResult.Failure
            : shape.Class is ToolClass.Command && compact.Contains("\"success\":true", StringComparison.Ordinal) ? ToolResult.OfExit(0)
            : ToolResult.Success;
    }
}
