using Paddock.Core.Tools;

namespace Paddock.Agents.RooCode;

/// <summary>
/// Reads what Roo Code and Zoo Code (extension 3.52.1) say of their tools. The status of a command stands in the first two lines; its
/// output behind may hold the same words.
/// </summary>
internal static class RooCodeResult
{
    private const int StatusLines = 2;

    public static ToolResult Of(ToolShape shape, ResultText said)
    {
        if (said.Begins("{\"status\":"))
        {
            return OfStatus(said);
        }

        if (said.Begins("File: ") && said.Text.AsSpan(said.Head(1).Length).StartsWith("\nError:"))
        {
            return said.Says(3, "access_denied") ? ToolResult.Denied : ToolResult.Failure;
        }

        if (said.Begins("<error_details>", "Unable to apply diff", "File does not exist at path", "Error:\n", "Command failed to execute") || (said.Begins("Working directory '") && said.Says(1, "' does not exist.")))
        {
            return ToolResult.Failure;
        }

        return shape.Class is ToolClass.Command ? OfCommand(said) : ToolResult.Success;
    }

    private static ToolResult OfStatus(ResultText said) => said switch
    {
        _ when said.Begins("{\"status\":\"denied\"") => ToolResult.Denied,
        _ when !said.Begins("{\"status\":\"error\"") => ToolResult.Success, // approved, guidance
        _ when said.Says(1, "\"access_denied\"", "is not allowed in", "can only edit files matching") => ToolResult.Denied,
        _ => ToolResult.Failure,
    };

    private static ToolResult OfCommand(ResultText said) => said switch
    {
        _ when said.Says(StatusLines, "was terminated after exceeding") => ToolResult.Timeout,
        _ when said.Says(StatusLines, "Process terminated by signal") => ToolResult.Failure,
        _ when said.NumberBehind("Exit code:", StatusLines) is { } code => ToolResult.OfExit(code),
        _ => ToolResult.Success,
    };
}
