using Paddock.Core.Tools.Shell.Posix;

namespace Paddock.Core.Tools.Shell.Windows;

/// <summary>Reads a line of PowerShell or cmd: a plain subset; what lies beyond is opaque and only searched for what rules forbid.</summary>
internal static class WindowsReader
{
    /// <summary>A little less than 8,191 characters, beyond which cmd takes a part or nothing.</summary>
    private const int LongestCmd = 8_000;

    public static void Read(string text, ShellDialect dialect, ShellFacts facts) => Read(text, dialect, facts, CommandRole.Direct, CommandInput.Inherited, 0);

    /// <param name="depth">How deep in other lines this one stands.</param>
    public static void Read(string text, ShellDialect dialect, ShellFacts facts, CommandRole role, CommandInput input, int depth)
    {
        if (depth >= ShellLimits.Depth)
        {
            facts.Opaque("too deeply nested");
            return;
        }

        var resolver = new WindowsResolver(facts, dialect);
        var line = PlainLine.Of(text, dialect is ShellDialect.PowerShell ? PlainGrammar.PowerShell : PlainGrammar.Cmd);
        if (line.Fault is null && dialect is ShellDialect.Cmd && text.Length > LongestCmd)
        {
            facts.Opaque("longer than a line of cmd");
        }

        if (line.Fault is { } fault)
        {
            facts.Opaque(fault);
            foreach (var words in RoughCommands.In(text, dialect))
            {
                resolver.Resolve([.. words], CommandRole.Direct, CommandInput.Inherited, depth);
            }

            return;
        }

        foreach (var (words, isFed) in line.Commands)
        {
            resolver.Resolve(words, role, isFed ? CommandInput.Fed : input, depth);
            resolver.Next(words, isFed);
        }
    }
}
