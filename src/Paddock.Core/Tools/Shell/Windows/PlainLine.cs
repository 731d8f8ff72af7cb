using Paddock.Core.Tools.Shell.Posix;

namespace Paddock.Core.Tools.Shell.Windows;

/// <summary>A line taken apart by a <see cref="PlainGrammar"/>.</summary>
internal sealed class PlainLine
{
    private readonly string text;
    private readonly PlainGrammar grammar;
    private readonly List<(Word[] Words, bool IsFed)> commands = [];
    private readonly List<Word> words = [];
    private readonly HashSet<char> redirected = [];
    private string? join;
    private int pos;

    private PlainLine(string text, PlainGrammar grammar) => (this.text, this.grammar) = (text, grammar);

    /// <summary>Why it is more than plain words; null when it is not.</summary>
    public string? Fault { get; private set; }

    /// <summary>The commands, and whether their input is another one's output.</summary>
    public IReadOnlyList<(Word[] Words, bool IsFed)> Commands => commands;

    private bool IsJoined => join is "&&" or "||" or "|";

    public static PlainLine Of(string text, PlainGrammar grammar)
    {
        var line = new PlainLine(text, grammar);
        line.Read();
        return line;
    }

    private void Read()
    {
        for (SkipBlanks(); Fault is null && pos < text.Length; SkipBlanks())
        {
            if (Here(grammar.Joins) is { } next)
            {
                pos += next.Length;
                End(next);
            }
            else if (words.Count > 0 && Here(grammar.Quiet) is { } quiet && Ends(pos + quiet.Length))
            {
                Redirect(quiet);
            }
            else
            {
                Word();
            }
        }

        End(null);
    }

    private string? Here(string[] some) => Array.Find(some, one => text.AsSpan(pos).StartsWith(one, StringComparison.OrdinalIgnoreCase));

    private bool Ends(int at) => at >= text.Length || text[at] is ' ' or '\t' || Array.Exists(grammar.Joins, one => text.AsSpan(at).StartsWith(one, StringComparison.Ordinal));

    /// <summary>PowerShell takes no second one for the same stream, and cmd takes the last.</summary>
    private void Redirect(string quiet)
    {
        pos += quiet.Length;
        Fault = !redirected.Add(quiet[0]) ? "a second redirection" : Fault;
    }

    private void SkipBlanks()
    {
        while (pos < text.Length && text[pos] is ' ' or '\t')
        {
            pos++;
        }
    }

    /// <summary>A line may end with what separates, not with what joins; an empty one breaks nothing.</summary>
    private void End(string? next)
    {
        if (Fault is not null)
        {
            return;
        }

        if (words.Count > 0)
        {
            commands.Add((words.ToArray(), join == "|"));
            join = next;
            words.Clear();
            redirected.Clear();
        }
        else if (next is not (null or "\n") || (next is "\n" && IsJoined && !grammar.IsPowerShell))
        {
            Fault = next is "\n" ? "an unfinished line" : $"an unexpected '{next}'";
        }
        else if (next is null && (commands.Count == 0 || IsJoined))
        {
            Fault = "an unfinished line";
        }
    }

    private void Word()
    {
        var quoted = grammar.Quotes.Contains(text[pos], StringComparison.Ordinal);
        var from = quoted ? pos + 1 : pos;
        var length = text.AsSpan(from).IndexOfAnyExcept(quoted ? PlainGrammar.Quoted : PlainGrammar.Bare);
        var to = length < 0 ? text.Length : from + length;
        var word = text[from..to];
        if (quoted ? to == text.Length || text[to] != text[pos] || word.Length == 0 || IsDoubtfulQuoted(word) : word.Length == 0 || IsDoubtful(word))
        {
            Fault = to < text.Length && text[to] is not (' ' or '\t') ? $"'{text[to]}', which may mean more than itself" : $"'{word}', which may mean more than itself";
            return;
        }

        var end = quoted ? to + 1 : to;
        if (!Ends(end) || (quoted && words.Count == 0))
        {
            Fault = "quotes where they may mean more than one word";
            return;
        }

        words.Add(new(text[pos..end], word, true, []));
        pos = end;
    }

    /// <summary>The C runtime takes a backslash before a quote for an escape; PowerShell's own commands read <c>~</c>, <c>-</c> and <c>+</c> in quotes too, cmd's their switches.</summary>
    private bool IsDoubtfulQuoted(string word) => word[^1] == '\\' || (grammar.IsPowerShell ? word[0] == '~' || word is "-" or "+" : word[0] == '/');

    private bool IsDoubtful(string word) => word[0] is '~' or '@' or '=' or '+' or ':' || word is "-" or "--"
        || (words.Count == 0 && IsOddName(word))
        || (grammar.IsPowerShell && (IsCut(word) || IsOddNumber(word)));

    /// <summary>Not the name of a program, or one that names a folder, a drive (<c>D:</c>, <c>cd..</c>) or a scope (<c>global:x</c>), or that cmd ends before its end.</summary>
    private bool IsOddName(string word) =>
        !(char.IsAsciiLetter(word[0]) || (word.Length > 2 && word[0] == '.'))
        || word[^1] is '\\' or '/' or ':' || word.EndsWith("..", StringComparison.Ordinal)
        || word.LastIndexOf(':') is not (-1 or 1) || (word.Length > 2 && word[1] == ':' && word[2] is not ('\\' or '/'))
        || (!grammar.IsPowerShell && (word.Contains('=', StringComparison.Ordinal) || IsCutByCmd(word)));

    /// <summary>cmd takes <c>a/b</c> for <c>a /b</c>; <c>./a</c> it refuses.</summary>
    private static bool IsCutByCmd(string word) =>
        word.Contains('/', StringComparison.Ordinal) && !word.StartsWith("./", StringComparison.Ordinal) && !word.StartsWith("../", StringComparison.Ordinal);

    private static bool IsCut(string word) => word[0] == '-' && word[1] != '-' && word.AsSpan().ContainsAny('.', ':');

    private static bool IsOddNumber(string word)
    {
        var digits = word.AsSpan().TrimStart("-.");
        return digits.Length > 0 && char.IsAsciiDigit(digits[0])
            && !(digits.Length <= 9 && word.Length - digits.Length <= 1 && word[0] != '.' && (digits[0] != '0' || digits.Length == 1) && digits.IndexOfAnyExceptInRange('0', '9') < 0);
    }
}
