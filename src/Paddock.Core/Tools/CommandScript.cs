using System.Text.RegularExpressions;

namespace Paddock.Core.Tools;

/// <summary>
/// Reads the one kind of JavaScript whose effect can be told: exactly one literal call of <c>tools.exec_command</c>, its result maybe
/// passed to <c>text(…)</c>. Any other script of Codex's <c>exec</c> is opaque. A comment ends where JavaScript ends it, not only at a line feed.
/// </summary>
internal static partial class CommandScript
{
    private const int LongestScript = 16 << 10;

    /// <returns>The command and its directory; null for any other script.</returns>
    public static (string Command, string? Directory)? Read(string script)
    {
        if (script.Length > LongestScript || Find(script) is not { } match)
        {
            return null;
        }

        return match.Success && Literal(match.Groups["cmd"].Value) is { } command
            ? (command, match.Groups["dir"].Success ? Literal(match.Groups["dir"].Value) : null)
            : null;
    }

    private static Match? Find(string script)
    {
        try
        {
            return OneCall().Match(script);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private static string? Literal(string quoted)
    {
        var inner = quoted[1..^1].Replace("\\\\", "\0", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal)
            .Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\'", "'", StringComparison.Ordinal);
        return inner.Contains('\\', StringComparison.Ordinal) ? null : inner.Replace('\0', '\\');
    }

    // The limit is by the wall: on a busy machine a tenth of a second passes without a step.
    [GeneratedRegex(
        """
        \A\s*(//\ @exec:[^\n\r\u2028\u2029]*\n\s*)?
        ((const|let|var)\s+(?<name>\w+)\s*=\s*)?(text\(\s*)?await\s+tools\.exec_command\(\s*\{\s*
        "?cmd"?\s*:\s*(?<cmd>"([^"\\\n\0]|\\[n"'\\])*"|'([^'\\\n\0]|\\[n"'\\])*')
        (\s*,\s*"?workdir"?\s*:\s*(?<dir>"([^"\\\n\0]|\\[n"'\\])*"|'([^'\\\n\0]|\\[n"'\\])*'))?
        \s*,?\s*\}\s*\)\s*\)?(\.output)?\s*\)?\s*;?\s*
        (text\(\s*\k<name>(\.output)?\s*\)\s*;?\s*)?\z
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 2_000)]
    private static partial Regex OneCall();
}
