using System.Collections.Frozen;

namespace Paddock.Core.Tools.Shell.Programs;

/// <summary>
/// All rules by name; a command of a menu is named with it (<c>git log</c>). A line of a table says: names, separated by commas; kind, with the
/// number of operands before the command; use of the operands; options, with their use after a colon (a colon alone: a value without meaning);
/// <c>~text</c> that makes any argument opaque; and traits:
/// <list type="bullet">
/// <item><c>+assign</c>: assignments may stand before the command.</item>
/// <item><c>+lax</c>: an option that is not in the table is taken for a flag without a value.</item>
/// <item><c>+long</c>: options have one dash and many letters.</item>
/// <item><c>+stdin</c>: without a command it reads one from its input.</item>
/// <item><c>+dark</c>: what it runs cannot be seen, whatever follows.</item>
/// <item><c>+first</c>: only the first operand is a line.</item>
/// <item><c>+adds</c>: a command in an option gets arguments that the program found.</item>
/// <item><c>+awk</c>, <c>+sed</c>, <c>+ddargs</c>, <c>+dotted</c>, <c>+tar</c>, <c>+download</c>, <c>+gitconfig</c>: see <see cref="ProgramOperands"/>.</item>
/// <item><c>+patch</c>: a patch that stands in the line names files.</item>
/// </list>
/// A line that begins with two blanks goes on with the one before.
/// </summary>
internal static class ProgramTable
{
    private static readonly FrozenDictionary<string, ProgramRule> rules = new[] { ShellTable.Lines, WrapperTable.Lines, FileTable.Lines, InterpreterTable.Lines, GitTable.Lines, NetworkTable.Lines, PackageTable.Lines, ContainerTable.Lines }
        .SelectMany(Parse)
        .ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, ProgramRule>.AlternateLookup<ReadOnlySpan<char>> bySpan = rules.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <param name="name">Without its directory; also <c>python3.12</c> for <c>python</c>.</param>
    public static ProgramRule Find(string name)
    {
        if (rules.TryGetValue(name, out var rule))
        {
            return rule;
        }

        var bare = name.AsSpan().TrimEnd("0123456789.-");
        return bare.Length > 0 && bare.Length < name.Length && bySpan.TryGetValue(bare, out rule) && rule.Kind is ProgramKind.Interp or ProgramKind.Shell ? rule : ProgramRule.Unknown;
    }

    private static IEnumerable<KeyValuePair<string, ProgramRule>> Parse(string lines)
    {
        foreach (var line in lines.Replace("\n  ", " ", StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var kind = Array.FindLastIndex(words, IsKind);
            var rule = ProgramRule.Parse(words[kind], words[(kind + 1)..]);
            foreach (var name in string.Join(' ', words[..kind]).Split(','))
            {
                yield return new(name.Trim(), rule);
            }
        }
    }

    private static bool IsKind(string word) => word.Split(':')[0] is "tool" or "wrap" or "step" or "feed" or "line" or "menu" or "interp" or "shell" or "dark" or "darkline";
}
