namespace Paddock.Core.Tools;

/// <summary>Reads results where nothing is known of the agent: the wire's own word, and the exit code where most write it.</summary>
public static class UsualResult
{
    public static ToolResult Of(ToolShape shape, ResultText said)
    {
        if (shape.Class is ToolClass.Command && (said.NumberBehind("exit code:", 3) ?? said.NumberBehind("exit code ", 3)) is { } code)
        {
            return ToolResult.OfExit(code);
        }

        return said switch
        {
            { IsError: true } when said.Says(2, "timed out") => ToolResult.Timeout,
            { IsError: true } => ToolResult.Failure,
            { IsError: null } when said.Begins("Error:") => ToolResult.Failure,
            _ => ToolResult.Success,
        };
    }
}
