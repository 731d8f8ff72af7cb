namespace Paddock.Core.Tools;

/// <summary>What came of a tool call. Stored as its name in lower snake case.</summary>
public enum ToolEnd
{
    Success,
    /// <summary>The tool says so, or a command ended with another code than 0.</summary>
    Failure,
    Timeout,
    /// <summary>It never ran: refused by Paddock, by the person, or by the agent's own rules.</summary>
    Denied,
    /// <summary>Nothing was heard of it within a day, or nothing of how it went.</summary>
    Unknown,
}

/// <summary>What came of a tool call, as the agent told the model.</summary>
/// <param name="ExitCode">Of a command; null when it is not told.</param>
public readonly record struct ToolResult(ToolEnd End, int? ExitCode = null)
{
    public static readonly ToolResult Success = new(ToolEnd.Success);

    public static readonly ToolResult Failure = new(ToolEnd.Failure);

    public static readonly ToolResult Timeout = new(ToolEnd.Timeout);

    public static readonly ToolResult Denied = new(ToolEnd.Denied);

    /// <summary>By a command's exit code.</summary>
    public static ToolResult OfExit(int code) => new(code == 0 ? ToolEnd.Success : ToolEnd.Failure, code);
}
