namespace Paddock.Core.Tools.Shell.Posix;

/// <summary>
/// Recursive descent over the grammar that sh and bash share. It stops at the first thing it does not know, and says why in <see cref="Fault"/>;
/// where shells disagree it stops too, or marks the line opaque.
/// </summary>
internal sealed partial class PosixParser(string text, ShellFacts facts, int depth)
{
    private readonly List<PendingText> pending = [];
    private int pos;
    private int level = depth;

    /// <summary>Why the text could not be parsed; null while it can.</summary>
    public string? Fault { get; private set; }

    private bool AtEnd => pos >= text.Length;

    private char Current => pos < text.Length ? text[pos] : '\0';

    private char Next => pos + 1 < text.Length ? text[pos + 1] : '\0';

    /// <summary>The whole text as a list of commands.</summary>
    public ShellNode ParseAll()
    {
        var list = List([]);
        if (Fault is null && !AtEnd)
        {
            Fail($"an unexpected '{Current}'");
        }

        if (Fault is null && pending.Count > 0)
        {
            Fail("a here-document without its text");
        }

        return list;
    }

    private void Fail(string reason)
    {
        Fault ??= reason;
        pos = text.Length;
    }

    private bool Deeper()
    {
        if (++level <= ShellLimits.Depth)
        {
            return true;
        }

        Fail("too deeply nested");
        return false;
    }

    /// <param name="closers">Reserved words that end the list; they are left standing.</param>
    private ShellNode.Sequence List(ReadOnlySpan<string> closers)
    {
        var items = new List<ShellNode>();
        while (Fault is null)
        {
            SkipLines();
            if (AtEnd || Current == ')' || AtCaseEnd() || IsCloser(closers))
            {
                break;
            }

            items.Add(AndOr());
            SkipBlanks();
            if (AtEnd || Current == ')' || AtCaseEnd())
            {
                break;
            }

            Separator();
        }

        return new(items);
    }

    private bool AtCaseEnd() => Current == ';' && Next == ';';

    private bool IsCloser(ReadOnlySpan<string> closers) => closers.Length > 0 && closers.Contains(Reserved());

    private void Separator()
    {
        switch (Current)
        {
            case ';':
                pos++;
                break;
            case '&':
                pos++;
                facts.Read();
                break;
            case '\n':
                NewLine();
                break;
            default:
                Fail($"an unexpected '{Current}'");
                break;
        }
    }

    private ShellNode AndOr()
    {
        var first = Pipeline();
        List<ShellNode>? items = null;
        SkipBlanks();
        while (Fault is null && ((Current == '&' && Next == '&') || (Current == '|' && Next == '|')))
        {
            pos += 2;
            SkipLines();
            (items ??= [first]).Add(Pipeline());
            SkipBlanks();
        }

        return items is null ? first : new ShellNode.Sequence(items);
    }

    private ShellNode Pipeline()
    {
        if (Current == '!' && Next is ' ' or '\t')
        {
            pos++;
            facts.Read();
            SkipBlanks();
        }

        var first = Command();
        List<ShellNode>? parts = null;
        SkipBlanks();
        while (Fault is null && Current == '|' && Next != '|')
        {
            pos++;
            if (Current == '&')
            {
                pos++;
                facts.Read();
            }

            SkipLines();
            (parts ??= [first]).Add(Command());
            SkipBlanks();
        }

        return parts is null ? first : new ShellNode.Pipeline(parts);
    }

    private ShellNode Command()
    {
        SkipBlanks();
        if (Current == '(')
        {
            return Subshell();
        }

        return Reserved() switch
        {
            "" => Simple(),
            "{" => Group(),
            "if" => If(),
            "while" or "until" => Loop(),
            "for" => For(),
            "case" => Case(),
            "[[" => Condition(),
            var word => Unknown($"'{word}' here"),
        };
    }

    private ShellNode.Sequence Unknown(string what)
    {
        Fail(what);
        return new([]);
    }

    private ShellNode.Simple Simple()
    {
        var assignments = new List<Assignment>();
        var words = new List<Word>();
        var redirects = new List<Redirect>();
        var start = pos;
        while (Fault is null)
        {
            SkipBlanks();
            if (AtEnd || Current is '\n' or ';' or '|' or ')' || (Current == '&' && Next != '>'))
            {
                break;
            }

            if (Current == '(')
            {
                Fail("a function, an array or a pattern in parentheses");
            }
            else if (AtRedirect())
            {
                redirects.Add(Redirect());
            }
            else if (words.Count > 0 && words.TrueForAll(w => w.Raw is "time" or "-p") && Reserved() is { Length: > 0 } reserved)
            {
                Fail($"'{reserved}' after 'time'");
            }
            else
            {
                Argument(assignments, words);
            }
        }

        if (Fault is null && pos == start)
        {
            Fail(AtEnd ? "an unfinished line" : $"an unexpected '{Current}'");
        }

        return new ShellNode.Simple(assignments, words, redirects);
    }

    private void Argument(List<Assignment> assignments, List<Word> words)
    {
        var start = pos;
        var builder = new WordBuilder();
        var word = Word(builder);
        var name = words.Count == 0 ? builder.AssignmentLength() : 0;
        if (name == 0)
        {
            words.Add(word);
            return;
        }

        if (Fault is null && Current == '(' && text[pos - 1] == '=')
        {
            Fail("an array");
            return;
        }

        facts.Read();
        var raw = text[start..pos];
        var equals = raw.IndexOf('=');
        assignments.Add(new(word.Text[..name].TrimEnd('=', '+'), word with { Text = word.Text[name..], Raw = raw[(equals + 1)..] }));
    }
}
