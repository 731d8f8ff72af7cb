namespace Paddock.Core.Policies.Matching;

/// <summary>One part of a path against one part of a pattern.</summary>
internal static class PartPattern
{
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> part, bool ignoreCase)
    {
        int p = 0, n = 0, star = -1, mark = 0;
        while (n < part.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, mark) = (p++, n);
            }
            else if (p < pattern.Length && (pattern[p] == '?' || Same(pattern[p], part[n], ignoreCase)))
            {
                p++;
                n++;
            }
            else if (star >= 0)
            {
                (p, n) = (star + 1, ++mark);
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].IndexOfAnyExcept('*') < 0;
    }

    /// <summary>Whether a shell could make of <paramref name="part"/> something that the pattern takes. What is wild as a whole says nothing and matches only a pattern that is.</summary>
    public static bool MightMatch(ReadOnlySpan<char> pattern, ReadOnlySpan<char> part, ref MatchBudget budget)
    {
        if (!PathWildcards.HasAny(part))
        {
            return Matches(pattern, part, ignoreCase: true);
        }

        if (Matches(pattern, part, ignoreCase: true))
        {
            return true;
        }

        // A glob does not begin with a hidden file's dot unless the dot is written.
        return PathWildcards.HasLiteral(part) && !(pattern.StartsWith('.') && part[0] is '*' or '?' or '[') && Meet(pattern, part, ref budget);
    }

    /// <summary>Whether there is a text that both take.</summary>
    private static bool Meet(ReadOnlySpan<char> pattern, ReadOnlySpan<char> part, ref MatchBudget budget)
    {
        if (budget.IsSpent)
        {
            return true;
        }

        if (pattern.IsEmpty || part.IsEmpty)
        {
            return pattern.IsEmpty ? OnlyWild(part) : pattern.IndexOfAnyExcept('*') < 0;
        }

        if (pattern[0] == '*')
        {
            return Meet(pattern[1..], part, ref budget) || Meet(pattern, part[Next(part)..], ref budget);
        }

        var wild = PathWildcards.WildLength(part);
        return wild switch
        {
            0 => (pattern[0] == '?' || Same(pattern[0], part[0], ignoreCase: true)) && Meet(pattern[1..], part[1..], ref budget),
            1 when part[0] == '?' => Meet(pattern[1..], part[1..], ref budget),
            _ when part[0] == '[' => Meet(pattern[1..], part[wild..], ref budget),
            _ => Meet(pattern, part[wild..], ref budget) || Meet(pattern[1..], part, ref budget),
        };
    }

    private static int Next(ReadOnlySpan<char> part) => Math.Max(1, PathWildcards.WildLength(part));

    private static bool OnlyWild(ReadOnlySpan<char> part) => part.IsEmpty || (!PathWildcards.HasLiteral(part) && part[0] is not ('?' or '['));

    private static bool Same(char a, char b, bool ignoreCase) => a == b || (ignoreCase && char.ToLowerInvariant(a) == char.ToLowerInvariant(b));
}
