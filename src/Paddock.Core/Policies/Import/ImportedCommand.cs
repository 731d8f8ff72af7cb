using Paddock.Core.Tools.Shell;

namespace Paddock.Core.Policies.Import;

/// <summary>The beginning of a command, as settings have it in one text.</summary>
internal static class ImportedCommand
{
    private const int MostWords = 20;

    /// <returns>Its words; null, and a gap, when it is not the beginning of one plain command.</returns>
    public static IReadOnlyList<string>? Words(ImportDraft draft, string entry, string text)
    {
        var line = ShellReader.Read(text, ShellDialect.Posix);
        var direct = line.Commands.Where(command => command.Role != CommandRole.Inner).ToList();
        if (text.Contains('*', StringComparison.Ordinal))
        {
            draft.Gap(entry, "A star inside a command has no counterpart; write the words out.");
        }
        else if (direct is not [{ Argv: { Count: <= MostWords } words } command, ..] || command.Known != words.Count || direct.Skip(1).Any(other => other.Role == CommandRole.Direct) || text.AsSpan().ContainsAny("<>|;&$`\n"))
        {
            draft.Gap(entry, "This is not the beginning of one command in plain words.");
        }
        else
        {
            return words;
        }

        return null;
    }

    public static string Match(IReadOnlyList<string> words) => $"{{commands: [{DocumentWriter.List(words)}]}}";

    public static string Test(string line) => $"{{match: {DocumentWriter.Quoted(line)}}}";

    /// <summary>The same command and nothing behind it, as an expression's list.</summary>
    public static string Expression(IReadOnlyList<string> words) => DocumentWriter.List(words);
}
