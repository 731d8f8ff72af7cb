namespace Paddock.Core.Audit.Masking;

/// <summary>A value in a text, without its quotes.</summary>
internal readonly record struct SecretValue(int Start, int Length, bool IsQuoted)
{
    private const int Longest = 2_000, LeastQuoted = 4, LeastBare = 6;
    private const string Ends = " \t\r\n\"'`,;&|<>(){}[]\\";

    private static readonly string[] references = ["$", "%", "<", "{{", "process.env", "os.environ", "os.getenv", "System.getenv", "Environment.", "ENV[", "env.", "vault:", "file:", "***", "@env"];

    private static readonly string[] nothing = ["null", "none", "true", "false", "undefined", "string", "number", "boolean", "optional", "required"];

    public ReadOnlySpan<char> Of(ReadOnlySpan<char> text) => text.Slice(Start, Length);

    /// <summary>The value that begins at a place.</summary>
    public static SecretValue At(ReadOnlySpan<char> text, int start, bool quotes)
    {
        var quote = quotes ? QuoteAt(text, start) : 0;
        var rest = text[(start + quote)..Math.Min(text.Length, start + quote + Longest)];
        var end = quote > 0 ? rest.IndexOf(text.Slice(start, quote), StringComparison.Ordinal) : rest.IndexOfAny(Ends);
        if (quote > 0 && rest.IndexOf('\n') is >= 0 and var line && (end < 0 || end > line))
        {
            end = line;
        }

        return new(start + quote, end < 0 ? rest.Length : end, quote > 0);
    }

    /// <summary>All to the end of the line, or to the quote that it stands in.</summary>
    public static SecretValue Line(ReadOnlySpan<char> text, int start)
    {
        var quote = QuoteAt(text, start);
        var rest = text[(start + quote)..];
        return new(start + quote, rest.IndexOfAny("\r\n\"'\\") is >= 0 and var end ? end : rest.Length, IsQuoted: true);
    }

    /// <summary>Characters of the quote that stands at a place; an escaped one has two.</summary>
    public static int QuoteAt(ReadOnlySpan<char> text, int at) => at >= text.Length ? 0 : text[at] is '"' or '\'' or '`' ? 1 : text[at..].StartsWith("\\\"", StringComparison.Ordinal) ? 2 : 0;

    /// <summary>Whether a secret stands here, not a name of one.</summary>
    /// <param name="isTight">The value stands right behind its <c>=</c>, as in shells and addresses.</param>
    public bool IsSecret(ReadOnlySpan<char> text, bool isTight)
    {
        var value = Of(text);
        if (Length < (IsQuoted ? LeastQuoted : LeastBare) || !IsLiteral(text))
        {
            return false;
        }

        return IsQuoted || value.ContainsAnyInRange('0', '9') || (isTight ? !IsIdentifier(value) : value.ContainsAny("!#*+/~^?"));
    }

    /// <summary>Whether it is written out: no variable, no call, nothing that says that there is none.</summary>
    public bool IsLiteral(ReadOnlySpan<char> text)
    {
        var value = Of(text);
        if (value.IsWhiteSpace() || value.Count(value[0]) == value.Length || (!IsQuoted && Start + Length < text.Length && text[Start + Length] is '(' or '['))
        {
            return false;
        }

        foreach (var reference in references)
        {
            if (value.StartsWith(reference, StringComparison.Ordinal))
            {
                return false;
            }
        }

        foreach (var word in nothing)
        {
            if (value.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A name in a program: it has dots between names, or is called what secrets are called.</summary>
    private static bool IsIdentifier(ReadOnlySpan<char> value) =>
        CharSets.Run(value, TokenChars.Dotted) == value.Length && !value.ContainsAnyInRange('0', '9') && (value.Contains('.') || SecretNames.KindOf(value) is not null);
}
