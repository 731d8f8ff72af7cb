using Paddock.Core.Tools;

namespace Paddock.Agents.Codex;

/// <summary>Reads what Codex says of its tools: older versions as JSON with metadata, newer ones as lines before the output.</summary>
internal static class CodexResult
{
    /// <summary>Chunk, wall time, exit and token lines come before the output.</summary>
    private const int StatusLines = 6;

    public static ToolResult Of(ToolShape shape, ResultText said)
    {
        if (said.Says(2, "rejected by user", "blocked by PreToolUse hook", "rejected by the user", "blocked by policy"))
        {
            return ToolResult.Denied;
        }

        if (said.Says(StatusLines, "command timed out after"))
        {
            return ToolResult.Timeout;
        }

        var code = said.Begins("Exit code:") ? said.NumberBehind("Exit code:", 1)
            : said.Begins("{") ? JsonCode(said)
            : said.NumberBehind("Process exited with code", StatusLines);
        if (code is { } exit)
        {
            return shape.Class is ToolClass.Command ? ToolResult.OfExit(exit) : exit == 0 ? ToolResult.Success : ToolResult.Failure;
        }

        return said.Begins("failed", "error", "execution error", "exec_command failed", "apply_patch verification failed", "unsupported", "unknown") ? ToolResult.Failure : ToolResult.Success;
    }

    /// <summary>The metadata come behind the output, which may hold the same words: the last counts.</summary>
    private static int? JsonCode(ResultText said) =>
        said.Text.LastIndexOf("\"exit_code\":", StringComparison.Ordinal) is >= 0 and var at ? new ResultText(said.Text[at..], null).NumberBehind("\"exit_code\":", 1) : null;
}
