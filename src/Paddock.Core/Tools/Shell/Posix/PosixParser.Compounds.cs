namespace Paddock.Core.Tools.Shell.Posix;

/// <summary>Subshells, groups, conditions and loops.</summary>
internal sealed partial class PosixParser
{
    private ShellNode Subshell()
    {
        if (Next == '(')
        {
            return Unknown("arithmetic");
        }

        pos++;
        var body = Nested(")");
        return Expect(')') ? Compound([], [body]) : body;
    }

    private ShellNode Group()
    {
        pos++;
        var body = Nested("}");
        return Expect("}") ? Compound([], [body]) : body;
    }

    private ShellNode.Sequence Nested(params ReadOnlySpan<string> closers)
    {
        if (!Deeper())
        {
            return new([]);
        }

        var list = List(closers);
        level--;
        if (Fault is null && list.Items.Count == 0)
        {
            Fail("nothing where a command must be");
        }

        return list;
    }

    private ShellNode.Compound Compound(IReadOnlyList<Word> words, IReadOnlyList<ShellNode> bodies)
    {
        facts.Read();
        var redirects = new List<Redirect>();
        for (SkipBlanks(); Fault is null && AtRedirect(); SkipBlanks())
        {
            redirects.Add(Redirect());
        }

        if (Fault is null && !AtEnd && !EndsWord(Current))
        {
            Fail("a word after a compound command");
        }

        return new ShellNode.Compound(words, bodies, redirects);
    }

    private ShellNode.Compound If()
    {
        var bodies = new List<ShellNode>();
        Expect("if");
        bodies.Add(Nested("then"));
        Expect("then");
        bodies.Add(Nested("elif", "else", "fi"));
        while (Fault is null && Reserved() == "elif")
        {
            Expect("elif");
            bodies.Add(Nested("then"));
            Expect("then");
            bodies.Add(Nested("elif", "else", "fi"));
        }

        if (Fault is null && Reserved() == "else")
        {
            Expect("else");
            bodies.Add(Nested("fi"));
        }

        Expect("fi");
        return Compound([], bodies);
    }

    private ShellNode Loop()
    {
        pos += 5; // "while" and "until" are equally long
        var test = Nested("do");
        return Compound([], [test, Do()], close: true);
    }

    private ShellNode For()
    {
        Expect("for");
        SkipBlanks();
        var words = new List<Word>();
        var name = WordHere();
        if (Fault is null && !IsName(name.Raw))
        {
            return Unknown("a loop without a variable");
        }

        SkipLines();
        if (Bare().SequenceEqual("in"))
        {
            Expect("in");
            for (SkipBlanks(); Fault is null && !AtEnd && Current is not (';' or '\n'); SkipBlanks())
            {
                words.Add(WordHere());
            }
        }

        if (Current == ';' && Next != ';')
        {
            pos++;
        }

        SkipLines();
        return Compound(words, [Do()], close: true);
    }

    private ShellNode.Sequence Do()
    {
        Expect("do");
        return Nested("done");
    }

    private ShellNode Compound(IReadOnlyList<Word> words, IReadOnlyList<ShellNode> bodies, bool close) =>
        close && !Expect("done") ? new ShellNode.Sequence(bodies) : Compound(words, bodies);

    private ShellNode Case()
    {
        Expect("case");
        SkipBlanks();
        var words = new List<Word> { WordHere() };
        var bodies = new List<ShellNode>();
        SkipLines();
        Expect("in");
        SkipLines();
        while (Fault is null && !AtEnd && !Bare().SequenceEqual("esac"))
        {
            Patterns(words);
            if (!Deeper())
            {
                break;
            }

            bodies.Add(List(["esac"]));
            level--;
            if (AtCaseEnd())
            {
                pos += 2;
                if (Current == '&')
                {
                    Fail("a case that falls through");
                }

                SkipLines();
            }
            else
            {
                break;
            }
        }

        return Expect("esac") ? Compound(words, bodies) : new ShellNode.Sequence(bodies);
    }

    /// <summary><c>a | b)</c>, with or without an opening parenthesis.</summary>
    private void Patterns(List<Word> words)
    {
        if (Current == '(')
        {
            pos++;
        }

        do
        {
            SkipBlanks();
            words.Add(WordHere());
            SkipBlanks();
        }
        while (Fault is null && Current == '|' && ++pos > 0);

        Expect(')');
    }

    /// <summary><c>[[ … ]]</c>: only its words matter, but for those that are arithmetic and so may run what a variable holds.</summary>
    private ShellNode Condition()
    {
        Expect("[[");
        var words = new List<Word>();
        for (SkipLines(); Fault is null && !AtEnd && !Bare().SequenceEqual("]]"); SkipLines())
        {
            if (Current is '&' or '|' or '<' or '>' or '(' or ')')
            {
                pos++;
            }
            else if (Current == ';')
            {
                Fail("an unexpected ';'");
            }
            else
            {
                words.Add(WordHere());
            }
        }

        for (var i = 0; i < words.Count; i++)
        {
            if (words[i].Raw is "-eq" or "-ne" or "-lt" or "-le" or "-gt" or "-ge" && !(i > 0 && IsNumber(words[i - 1]) && i + 1 < words.Count && IsNumber(words[i + 1])))
            {
                facts.Opaque("arithmetic with a variable");
            }
            else if (words[i].Text.Contains('[') && words[i].Raw is "-v" or "-R")
            {
                facts.Opaque("a test that evaluates its argument");
            }
        }

        return Expect("]]") ? Compound(words, []) : new ShellNode.Sequence([]);
    }

    private static bool IsNumber(Word word) => word.Raw is "$?" or "$#" or "\"$?\"" or "\"$#\"" || (word.Raw.Length > 0 && word.Raw.All(char.IsAsciiDigit));

    private static bool IsName(string raw) => raw.Length > 0 && !char.IsAsciiDigit(raw[0]) && raw.All(c => c == '_' || char.IsAsciiLetterOrDigit(c));
}
