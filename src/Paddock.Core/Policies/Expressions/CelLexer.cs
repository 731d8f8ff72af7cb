using System.Globalization;
using System.Text;

namespace Paddock.Core.Policies.Expressions;

/// <summary>Takes an expression apart into tokens.</summary>
internal sealed class CelLexer(string text)
{
    private static readonly string[] marks = ["&&", "||", "==", "!=", "<=", ">=", "<", ">", "!", "?", ":", "+", "-", "(", ")", "[", "]", ",", "."];

    private int at;

    /// <exception cref="ExpressionException">Something that belongs to no token.</exception>
    public CelToken Next()
    {
        SkipBlanks();
        if (at >= text.Length)
        {
            return new(CelTokenKind.End, "", text.Length, text.Length);
        }

        var c = text[at];
        if (c is '"' or '\'' || (c is 'r' or 'R' && at + 1 < text.Length && text[at + 1] is '"' or '\''))
        {
            return ReadText();
        }

        if (char.IsAsciiLetter(c) || c == '_')
        {
            return ReadName();
        }

        return char.IsAsciiDigit(c) || (c == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])) ? ReadNumber() : ReadMark();
    }

    private void SkipBlanks()
    {
        while (at < text.Length)
        {
            if (text[at] is ' ' or '\t' or '\n' or '\r' or '\f')
            {
                at++;
            }
            else if (text.AsSpan(at).StartsWith("//"))
            {
                var end = text.IndexOf('\n', at);
                at = end < 0 ? text.Length : end;
            }
            else
            {
                return;
            }
        }
    }

    private CelToken ReadName()
    {
        var start = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_'))
        {
            at++;
        }

        return new(CelTokenKind.Name, text[start..at], start, at);
    }

    private CelToken ReadNumber()
    {
        var start = at;
        if (text.AsSpan(at).StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            at += 2;
            TakeWhile(char.IsAsciiHexDigit);
            return EndNumber(start, CelTokenKind.Int);
        }

        TakeWhile(char.IsAsciiDigit);
        var kind = CelTokenKind.Int;
        if (at + 1 < text.Length && text[at] == '.' && char.IsAsciiDigit(text[at + 1]))
        {
            kind = CelTokenKind.Double;
            at++;
            TakeWhile(char.IsAsciiDigit);
        }

        if (at < text.Length && text[at] is 'e' or 'E')
        {
            kind = CelTokenKind.Double;
            at++;
            at += at < text.Length && text[at] is '+' or '-' ? 1 : 0;
            TakeWhile(char.IsAsciiDigit);
        }

        return EndNumber(start, kind);
    }

    private CelToken EndNumber(int start, CelTokenKind kind)
    {
        if (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_'))
        {
            throw new ExpressionException(start, at + 1, text[at] is 'u' or 'U' ? "Unsigned numbers are not part of this language." : "This is no number.");
        }

        return new(kind, text[start..at], start, at);
    }

    private void TakeWhile(Func<char, bool> fits)
    {
        while (at < text.Length && fits(text[at]))
        {
            at++;
        }
    }

    private CelToken ReadMark()
    {
        foreach (var mark in marks)
        {
            if (text.AsSpan(at).StartsWith(mark))
            {
                at += mark.Length;
                return new(CelTokenKind.Mark, mark, at - mark.Length, at);
            }
        }

        var (c, remedy) = (text[at], text[at] switch { '=' => " Write == to compare.", '&' => " Write &&.", '|' => " Write ||.", '*' or '/' or '%' => " There is no multiplication or division here.", _ => "" });
        throw new ExpressionException(at, at + 1, $"'{c}' is not part of this language.{remedy}");
    }

    private CelToken ReadText()
    {
        var start = at;
        var raw = text[at] is 'r' or 'R';
        at += raw ? 1 : 0;
        var quote = text[at++];
        var read = new StringBuilder();
        while (true)
        {
            if (at >= text.Length || text[at] is '\n' or '\r')
            {
                throw new ExpressionException(start, at, "This text has no end.");
            }

            var c = text[at++];
            if (c == quote)
            {
                return new(CelTokenKind.Text, read.ToString(), start, at);
            }

            if (c == '\\' && !raw)
            {
                ReadEscape(read);
            }
            else
            {
                read.Append(c);
            }
        }
    }

    private void ReadEscape(StringBuilder read)
    {
        var start = at - 1;
        var c = at < text.Length ? text[at++] : '\0';
        const string letters = "abfnrtv\\?\"'`", meant = "\a\b\f\n\r\t\v\\?\"'`";
        if (letters.IndexOf(c, StringComparison.Ordinal) is >= 0 and var index)
        {
            read.Append(meant[index]);
            return;
        }

        var (digits, style) = c switch { 'x' or 'X' => (2, 16), 'u' => (4, 16), 'U' => (8, 16), >= '0' and <= '3' => (3, 8), _ => (0, 0) };
        at -= style == 8 ? 1 : 0;
        if (digits == 0 || at + digits > text.Length || !TryCode(text.AsSpan(at, digits), style, out var code) || !Rune.IsValid(code))
        {
            throw new ExpressionException(start, at, "This escape means nothing; write \\\\ for a backslash.");
        }

        read.Append(new Rune(code));
        at += digits;
    }

    private static bool TryCode(ReadOnlySpan<char> digits, int radix, out int code)
    {
        code = 0;
        if (radix == 16)
        {
            return int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out code);
        }

        foreach (var digit in digits)
        {
            if (digit is < '0' or > '7')
            {
                return false;
            }

            code = (code * 8) + (digit - '0');
        }

        return true;
    }
}
