namespace Paddock.Core.Agents;

/// <summary>
/// Whether an agent says that it runs on Windows, where the shell of its commands is another. Asserted like all that a client says of
/// itself, so it only tightens: lines are then read as each shell that may be there would take them.
/// </summary>
public static class WindowsSigns
{
    /// <summary>What agents put into their system prompt about the machine: Roo Code and Cline, opencode and Kilo, Gemini CLI.</summary>
    private static readonly byte[][] prompts = [.. new[] { "Operating System: Windows", "Platform: win32", "operating system is: win32", "Default Shell: C:" }.Select(System.Text.Encoding.UTF8.GetBytes)];

    /// <summary>What Codex says of its shell in the first message.</summary>
    private static readonly byte[][] shells = [.. new[] { "<shell>powershell</shell>", "<shell>pwsh</shell>", "<shell>cmd</shell>" }.Select(System.Text.Encoding.UTF8.GetBytes)];

    public static bool In(ICallView call) =>
        call.Header("User-Agent")?.Contains("Windows", StringComparison.OrdinalIgnoreCase) is true
        || call.Header("User-Agent")?.Contains("win32", StringComparison.OrdinalIgnoreCase) is true
        || call.Header("x-platform")?.StartsWith("win", StringComparison.OrdinalIgnoreCase) is true
        || Holds(call.Part(BodyPart.System), prompts)
        || Holds(call.Part(BodyPart.FirstUser), shells)
        || Holds(call.Part(BodyPart.LastUser), shells);

    private static bool Holds(ReadOnlySpan<byte> part, byte[][] signs)
    {
        foreach (var sign in signs)
        {
            if (part.IndexOf(sign) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
