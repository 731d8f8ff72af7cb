using Paddock.Core.Tools.Shell.Posix;

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
        var facts = new ShellFacts();
        if (LineText.Fault(text) is { } fault)
        {
            facts.Opaque(fault);
        }

        var seen = text.Length <= ShellLimits.SeenText ? text : text[..ShellLimits.SeenText];
        switch (dialect)
        {
            case ShellDialect.Posix:
                PosixReader.Read(LineText.Printable(seen), facts);
                break;
            default:
                facts.Opaque("this shell's grammar is not known");
                break;
        }

        return facts.ToLine();
    }
}
