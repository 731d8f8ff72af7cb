using System.Text;

namespace Paddock.Core.Tools.Shell.Posix;

/// <summary>What begins with <c>$</c>, a back quote, <c>&lt;(</c> or <c>&gt;(</c>.</summary>
internal sealed partial class PosixParser
{
    private void Dollar(WordBuilder builder, bool quoted)
    {
        var start = pos;
        switch (Next)
        {
            case '(' when pos + 2 < text.Length && text[pos + 2] == '(':
                Arithmetic();
                break;
            case '(':
                pos += 2;
                Substitute(builder, isProcess: false);
                break;
            case '{':
                Braced(builder, quoted);
                break;
            case '[':
                Fail("arithmetic");
                break;
            case '\'' when !quoted:
                AnsiQuoted();
                break;
            case '"' when !quoted:
                pos++; // a translated string: its text is the catalogue's, what it runs is here
                DoubleQuoted(builder);
                builder.Expands = true;
                return;
            case '\0' or ' ' or '\t' or '\n' or '"' or '|' or ')' or '/' or '.' or ',' or '\'' or ':' when quoted || EndsWord(Next):
                builder.Quote('$');
                pos++;
                return;
            default:
                pos = ParameterEnd(pos + 1);
                break;
        }

        builder.Expansion(Fault is null ? text.AsSpan(start, pos - start) : "");
    }

    /// <summary>A digit or sign after <c>$</c> stands alone, a name runs on; after anything else the <c>$</c> itself is doubtful.</summary>
    private int ParameterEnd(int from)
    {
        var end = from;
        if (text[from] is '@' or '*' or '#' or '?' or '$' or '!' or '-')
        {
            return from + 1;
        }

        while (end < text.Length && (text[end] == '_' || char.IsAsciiLetterOrDigit(text[end])))
        {
            end++;
            if (char.IsAsciiDigit(text[from]))
            {
                break;
            }
        }

        return end;
    }

    /// <summary>After the opening parenthesis, through the closing one.</summary>
    private void Substitute(WordBuilder builder, bool isProcess)
    {
        if (!Deeper())
        {
            return;
        }

        var (outer, from) = (pending.Count, pos);
        var body = List([]);
        level--;
        if (Fault is null && pending.Count > outer)
        {
            Fail("a here-document without its text");
        }

        if (Expect(')'))
        {
            if (outer > 0)
            {
                NoLineEnd(text.AsSpan(from, pos - from));
            }

            builder.Expands = true;
            builder.Add(new(body, isProcess));
        }
    }

    private void Process(WordBuilder builder)
    {
        var start = pos;
        pos += 2;
        Substitute(builder, isProcess: true);
        builder.Expansion(Fault is null ? text.AsSpan(start, pos - start) : "");
    }

    private void Backquoted(WordBuilder builder, bool quoted)
    {
        var start = pos++;
        var inner = new StringBuilder();
        while (!AtEnd && Current != '`')
        {
            if (Current == '\\')
            {
                facts.Opaque("a backslash inside back quotes, where shells disagree");
                pos += Next is '`' or '\\' or '$' || (quoted && Next == '"') ? 1 : 0;
            }

            inner.Append(Current);
            pos++;
        }

        if (AtEnd)
        {
            Fail("a back quote without its end");
            return;
        }

        NoLineEnd(inner.ToString());
        pos++;
        if (Deeper() && facts.MayReadInner(inner.Length))
        {
            var parser = new PosixParser(inner.ToString(), facts, level);
            builder.Add(new(parser.ParseAll(), IsProcess: false));
            level--;
            if (parser.Fault is { } fault)
            {
                Fail(fault);
            }
        }

        builder.Expansion(Fault is null ? text.AsSpan(start, pos - start) : "");
    }

    /// <summary>A variable in arithmetic may hold text that runs commands, so only numbers are understood.</summary>
    private void Arithmetic()
    {
        var end = text.IndexOf("))", pos + 3, StringComparison.Ordinal);
        if (end < 0)
        {
            Fail("arithmetic");
            return;
        }

        var inner = text.AsSpan(pos + 3, end - pos - 3);
        if (inner.IndexOfAny("$`'\"\\()\n[{;#") >= 0)
        {
            Fail("arithmetic");
            return;
        }

        if (inner.IndexOfAnyExcept(" 0123456789+-*/%<>=!&|^~?:,") >= 0)
        {
            facts.Opaque("arithmetic with a variable");
        }

        pos = end + 2;
    }

    /// <summary><c>$'…'</c>. Where it ends depends on the shell once a quote is escaped in it.</summary>
    private void AnsiQuoted()
    {
        var end = text.IndexOf('\'', pos + 2);
        if (end < 0 || text[end - 1] == '\\')
        {
            Fail("a quote whose end depends on the shell");
            return;
        }

        NoLineEnd(text.AsSpan(pos, end - pos));
        pos = Fault is null ? end + 1 : pos;
    }

    /// <summary><c>${name}</c> with the operators whose effect is only on text; all others may run or fetch more.</summary>
    private void Braced(WordBuilder builder, bool quoted)
    {
        pos += 2;
        if (Current == '#' && Next != '}')
        {
            pos++;
        }

        var name = pos;
        pos = Current is '@' or '*' or '#' or '?' or '$' or '!' or '-' ? pos + 1 : BracedNameEnd();
        if (pos == name || (text[name] == '!' && Current != '}'))
        {
            Fail("an expansion that is not known");
            return;
        }

        if (Current != '}')
        {
            Operator();
            Operand(builder, quoted);
        }

        Expect('}');
    }

    private int BracedNameEnd()
    {
        var end = pos;
        while (end < text.Length && (text[end] == '_' || char.IsAsciiLetterOrDigit(text[end])))
        {
            end++;
        }

        return end;
    }

    private void Operator()
    {
        switch (Current)
        {
            case ':' when Next is '-' or '=' or '?' or '+':
                pos += 2;
                break;
            case ':' when char.IsAsciiDigit(Next):
                pos++;
                while (char.IsAsciiDigit(Current) || (Current == ':' && char.IsAsciiDigit(Next)))
                {
                    pos++;
                }

                break;
            case '-' or '=' or '?' or '+' or '#' or '%' or '/' or '^' or ',':
                pos++;
                break;
            default:
                Fail("an expansion that is not known");
                break;
        }
    }

    private void Operand(WordBuilder builder, bool quoted)
    {
        while (!AtEnd && Current != '}')
        {
            switch (Current)
            {
                case '$' when Next == '{' || Next == '(' || Next == '_' || char.IsAsciiLetterOrDigit(Next):
                    if (Deeper())
                    {
                        Dollar(builder, quoted);
                        level--;
                    }

                    break;
                case '"' when !quoted:
                    DoubleQuoted(builder);
                    break;
                case '"' or '\'' or '\\' or '`' or '\n' or '{' or '$' or '<' or '>':
                    Fail("an expansion with quotes inside");
                    break;
                default:
                    pos++;
                    break;
            }
        }
    }
}
