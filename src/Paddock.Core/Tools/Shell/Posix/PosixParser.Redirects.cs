namespace Paddock.Core.Tools.Shell.Posix;

/// <summary>Redirections and here-documents.</summary>
internal sealed partial class PosixParser
{
    private static readonly string[] operators = ["<<<", "<<-", "&>>", "<<", "<>", "<&", "&>", ">>", ">|", ">&", "<", ">"];

    /// <param name="Quoted">Nothing in the text is expanded.</param>
    private sealed record PendingText(Redirect Redirect, string Delimiter, bool Quoted, bool StripsTabs);

    private bool AtRedirect()
    {
        var i = pos;
        while (i < text.Length && char.IsAsciiDigit(text[i]))
        {
            i++;
        }

        if (i < text.Length && text[i] is '<' or '>')
        {
            return i > pos || Next != '('; // <( and >( begin a word
        }

        return i == pos && Current == '&' && Next == '>';
    }

    private Redirect Redirect()
    {
        var start = pos;
        while (char.IsAsciiDigit(Current))
        {
            pos++;
        }

        int? descriptor = null;
        if (pos > start)
        {
            if (!int.TryParse(text.AsSpan(start, pos - start), out var number) || number > 255)
            {
                Fail("a file descriptor that is not known");
            }

            descriptor = number;
        }

        var op = Array.Find(operators, o => text.AsSpan(pos).StartsWith(o)) ?? "";
        pos += op.Length;
        if (Fault is null && (op.Length == 0 || (descriptor is not null && op[0] == '&')))
        {
            Fail("a redirection that is not known");
        }

        if (op is "<<" or "<<-")
        {
            return HereDocument(descriptor, op);
        }

        SkipBlanks();
        return new(descriptor, op, WordHere());
    }

    private Redirect HereDocument(int? descriptor, string op)
    {
        SkipBlanks();
        var start = pos;
        var delimiter = WordHere();
        var quoted = Fault is null && text.AsSpan(start, pos - start).IndexOfAny("'\"\\") >= 0;
        if (Fault is null && (!delimiter.IsLiteral || delimiter.Text.Length == 0 || !delimiter.Text.All(c => c is '_' or '-' or '.' || char.IsAsciiLetterOrDigit(c))))
        {
            Fail("a here-document's end that is not a simple word");
        }

        var redirect = new Redirect(descriptor, op, delimiter);
        pending.Add(new(redirect, delimiter.Text, quoted, op == "<<-"));
        return redirect;
    }

    /// <summary>Steps over the end of a line and the texts of the here-documents that it opened.</summary>
    private void NewLine()
    {
        pos++;
        foreach (var document in pending)
        {
            document.Redirect.Body = Fault is null ? Body(document) : null;
        }

        pending.Clear();
    }

    private Word? Body(PendingText document)
    {
        var start = pos;
        while (!AtEnd)
        {
            var end = text.IndexOf('\n', pos);
            end = end < 0 ? text.Length : end;
            var line = text.AsSpan(pos, end - pos);
            var at = pos;
            pos = Math.Min(end + 1, text.Length);
            if ((document.StripsTabs ? line.TrimStart('\t') : line).SequenceEqual(document.Delimiter))
            {
                return Body(text[start..at], document.Quoted);
            }

            if (!document.Quoted && line.EndsWith('\\'))
            {
                Fail("a continued line in a here-document");
            }
        }

        Fail("a here-document without its end");
        return null;
    }

    private Word? Body(string body, bool quoted)
    {
        if (quoted)
        {
            return new(body, body, true, []);
        }

        if (!Deeper() || !facts.MayReadInner(body.Length))
        {
            return null;
        }

        var parser = new PosixParser(body, facts, level);
        var word = parser.ParseBody();
        level--;
        if (parser.Fault is { } fault)
        {
            Fail(fault);
        }

        return word;
    }

    /// <summary>The text of a here-document whose delimiter was not quoted: expansions count, quotes do not.</summary>
    private Word ParseBody()
    {
        var builder = new WordBuilder();
        while (!AtEnd)
        {
            switch (Current)
            {
                case '\\' when Next is '$' or '`' or '\\':
                    builder.Quote(Next);
                    pos += 2;
                    break;
                case '$':
                    Dollar(builder, quoted: true);
                    break;
                case '`':
                    Backquoted(builder, quoted: true);
                    break;
                default:
                    builder.Quote(text[pos++]);
                    break;
            }
        }

        return builder.Build(text);
    }
}
