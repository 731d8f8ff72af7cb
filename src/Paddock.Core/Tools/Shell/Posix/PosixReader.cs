namespace Paddock.Core.Tools.Shell.Posix;

/// <summary>Reads a line of sh or bash, or the text of one found inside another line.</summary>
internal static class PosixReader
{
    public static void Read(string text, ShellFacts facts) => Read(text, facts, CommandRole.Direct, CommandInput.Inherited, 0);

    /// <param name="depth">How deep in other lines this one stands.</param>
    public static void Read(string text, ShellFacts facts, CommandRole role, CommandInput input, int depth)
    {
        if (depth >= ShellLimits.Depth)
        {
            facts.Opaque("too deeply nested");
            return;
        }

        var parser = new PosixParser(text, facts, depth);
        var node = parser.ParseAll();
        var walk = new PosixWalk(facts, depth);
        if (parser.Fault is not { } fault)
        {
            walk.Visit(node, role, input);
            return;
        }

        facts.Opaque(fault);
        foreach (var words in RoughCommands.In(text, ShellDialect.Posix))
        {
            walk.Rough(words);
        }
    }
}
