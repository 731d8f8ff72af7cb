using System.Buffers;

namespace Paddock.Core.Policies.Matching;

/// <summary>What a shell takes for more than a character in a path.</summary>
internal static class PathWildcards
{
    private static readonly SearchValues<char> any = SearchValues.Create("$`*?[{%");
    private static readonly SearchValues<char> variables = SearchValues.Create("$`%");

    public static bool HasAny(ReadOnlySpan<char> text) => text.ContainsAny(any);

    /// <summary>A variable or substitution: what it stands for may hold slashes.</summary>
    public static bool HasVariable(ReadOnlySpan<char> text) => text.ContainsAny(variables);

    /// <summary>Whether the whole part comes from a variable, so that it may stand for many parts.</summary>
    public static bool IsVariable(ReadOnlySpan<char> part) => part.Length > 0 && part[0] is '$' or '`' or '%' && !HasLiteral(part);

    /// <summary>Whether anything is left of the part when all that a shell would replace is taken away.</summary>
    public static bool HasLiteral(ReadOnlySpan<char> part)
    {
        for (var i = 0; i < part.Length;)
        {
            var length = WildLength(part[i..]);
            if (length == 0)
            {
                return true;
            }

            i += length;
        }

        return false;
    }

    /// <summary>How many characters at the beginning stand for something else; 0 = the first one means itself.</summary>
    public static int WildLength(ReadOnlySpan<char> text) => text[0] switch
    {
        '*' or '?' => 1,
        '[' => text.IndexOf(']') is > 1 and var end ? end + 1 : 0,
        '{' => text.IndexOf('}') is > 0 and var end ? end + 1 : 0,
        '`' => text[1..].IndexOf('`') is >= 0 and var end ? end + 2 : text.Length,
        '%' => text[1..].IndexOf('%') is > 0 and var end ? end + 2 : 0,
        '$' => VariableLength(text),
        _ => 0,
    };

    private static int VariableLength(ReadOnlySpan<char> text)
    {
        if (text.Length == 1)
        {
            return 0;
        }

        var close = text[1] switch { '{' => '}', '(' => ')', _ => '\0' };
        if (close != '\0')
        {
            return text.LastIndexOf(close) is > 0 and var end ? end + 1 : text.Length;
        }

        var i = 1;
        while (i < text.Length && (char.IsAsciiLetterOrDigit(text[i]) || text[i] is '_' or ':'))
        {
            i++;
        }

        return Math.Max(i, 2);
    }
}
