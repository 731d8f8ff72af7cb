using Paddock.Core.Tools.Shell.Posix;
using Paddock.Core.Tools.Shell.Windows;

namespace Paddock.Core.Tools.Shell;

/// <summary>
/// Tells what a command line would do without running it. It knows what it allows, not what it forbids: what the grammar does not name is opaque.
/// Time and memory are bounded by <see cref="ShellLimits"/>, whatever the text.
/// </summary>
public static class ShellReader
{
    /// <summary>Never throws.</summary>
    public static ShellLine Read(string text, ShellDialect dialect)
    {
        var facts = new ShellFacts(merges: dialect is ShellDialect.Windows);
        if (LineText.Fault(text) is { } fault)
        {
            facts.Opaque(fault);
        }

        var seen = text.Length <= ShellLimits.SeenText ? text : text[..ShellLimits.SeenText];
        text = LineText.Printable(seen);
        if (dialect is ShellDialect.Posix or ShellDialect.Windows)
        {
            PosixReader.Read(text, facts);
        }

        if (dialect is ShellDialect.PowerShell or ShellDialect.Windows)
        {
            WindowsReader.Read(text, ShellDialect.PowerShell, facts);
        }

        if (dialect is ShellDialect.Cmd or ShellDialect.Windows)
        {
            WindowsReader.Read(text, ShellDialect.Cmd, facts);
        }

        return facts.ToLine();
    }
}
