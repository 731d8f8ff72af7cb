namespace Paddock.Core.Tools.Shell.Posix;

/// <summary>Words and quotes.</summary>
internal sealed partial class PosixParser
{
    private Word WordHere()
    {
        if (EndsWord(Current) && !(Current is '<' or '>' && Next == '('))
        {
            Fail(AtEnd ? "an unfinished line" : $"an unexpected '{Current}'");
        }

        return Word(new());
    }

    private Word Word(WordBuilder builder)
    {
        var start = pos;
        if (Current is '<' or '>' && Next == '(')
        {
            Process(builder);
        }

        while (!AtEnd && !EndsWord(Current))
        {
            Part(builder);
        }

        if (Fault is null && Current is '<' or '>' && Next == '(' && pos > start)
        {
            Fail("a process substitution inside a word");
        }

        return builder.Build(Fault is null ? text[start..pos] : "");
    }

    private void Part(WordBuilder builder)
    {
        switch (Current)
        {
            case '\\':
                Escape(builder);
                break;
            case '\'':
                SingleQuoted(builder);
                break;
            case '"':
                DoubleQuoted(builder);
                break;
            case '$':
                Dollar(builder, quoted: false);
                break;
            case '`':
                Backquoted(builder, quoted: false);
                break;
            case '!' when IsHistory(quoted: false):
                builder.Expansion("!");
                pos++;
                break;
            default:
                builder.Bare(text[pos++]);
                break;
        }
    }

    /// <summary>An interactive shell puts an earlier line in place of <c>!word</c>, in double quotes too.</summary>
    private bool IsHistory(bool quoted) => !(Next is ' ' or '\t' or '\n' or '=' or '\0' || (quoted && Next == '"') || (!quoted && EndsWord(Next)));

    private void Escape(WordBuilder builder)
    {
        if (Next == '\n')
        {
            Continued();
        }
        else if (pos + 1 >= text.Length)
        {
            Fail("a backslash at the end");
        }
        else
        {
            builder.HasQuotes = true;
            builder.Quote(Next);
            pos += 2;
        }
    }

    private void SingleQuoted(WordBuilder builder)
    {
        var end = text.IndexOf('\'', pos + 1);
        if (end < 0)
        {
            Fail("a quote without its end");
            return;
        }

        var inner = text.AsSpan(pos + 1, end - pos - 1);
        if (inner.EndsWith('\\'))
        {
            facts.Opaque("a backslash before a closing quote, where shells disagree");
        }

        NoLineEnd(inner);
        builder.Quote(inner);
        pos = Fault is null ? end + 1 : pos;
    }

    private void DoubleQuoted(WordBuilder builder)
    {
        builder.HasQuotes = true;
        pos++;
        while (!AtEnd && Current != '"')
        {
            DoubleQuotedPart(builder);
        }

        if (Fault is null && AtEnd)
        {
            Fail("a quote without its end");
        }

        pos = Fault is null ? pos + 1 : pos;
    }

    private void DoubleQuotedPart(WordBuilder builder)
    {
        switch (Current)
        {
            case '\\' when Next == '\n':
                Continued();
                break;
            case '\\' when Next is '$' or '`' or '"' or '\\':
                builder.Quote(Next);
                pos += 2;
                break;
            case '$':
                Dollar(builder, quoted: true);
                break;
            case '`':
                Backquoted(builder, quoted: true);
                break;
            case '!' when IsHistory(quoted: true):
                builder.Expansion("!");
                pos++;
                break;
            case '\n' when pending.Count > 0:
                NoLineEnd("\n");
                break;
            default:
                builder.Quote(text[pos++]);
                break;
        }
    }

    /// <summary>Shells disagree on where a here-document begins when the line it belongs to is broken inside quotes.</summary>
    private void NoLineEnd(ReadOnlySpan<char> quoted)
    {
        if (pending.Count > 0 && quoted.Contains('\n'))
        {
            Fail("a broken line before a here-document");
        }
    }
}
