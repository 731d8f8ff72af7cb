using Paddock.Core.Tools.Shell.Posix;

namespace Paddock.Core.Tools.Shell.Programs;

/// <summary>Lists a command, and the commands that its arguments name.</summary>
internal sealed class CommandResolver(ShellFacts facts)
{
    public void Resolve(ReadOnlySpan<Word> words, CommandRole role, CommandInput input, int depth)
    {
        Add(words, role);
        if (!IsProgram(words[0]))
        {
            facts.Opaque("a program whose name cannot be told");
        }
    }

    private void Add(ReadOnlySpan<Word> words, CommandRole role)
    {
        var argv = new string[words.Length];
        var known = words.Length;
        for (var i = argv.Length - 1; i >= 0; i--)
        {
            argv[i] = words[i].Shown;
            known = words[i].IsLiteral ? known : i;
        }

        facts.Add(new(argv, known, role));
    }

    /// <summary>A name that every shell takes for this one program: no expansion, no escape, nothing but a path's usual characters.</summary>
    private static bool IsProgram(Word word) =>
        word.IsLiteral && !word.Raw.Contains('\\') && word.Text.Length > 0
        && (char.IsAsciiLetterOrDigit(word.Text[0]) || word.Text[0] is '/' or '.' or '_' or ':' or '[')
        && (word.Text == "[" || word.Text.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '_' or '-' or '+' or '@' or ':'));
}
