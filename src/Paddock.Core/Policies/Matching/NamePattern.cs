namespace Paddock.Core.Policies.Matching;

/// <summary>A name, exact or with <c>*</c> for any letters. Case counts: an agent's tools are called as they are written.</summary>
internal static class NamePattern
{
    public static bool Matches(string pattern, ReadOnlySpan<char> name)
    {
        int p = 0, n = 0, star = -1, mark = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, mark) = (p++, n);
            }
            else if (p < pattern.Length && pattern[p] == name[n])
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

        return pattern.AsSpan(p).IndexOfAnyExcept('*') < 0;
    }

    /// <summary>Whether everything that <paramref name="narrow"/> takes is taken by <paramref name="wide"/> too. False when that cannot be told.</summary>
    public static bool Covers(string wide, string narrow) => wide == narrow || (narrow.Contains('*', StringComparison.Ordinal)
        ? wide.EndsWith('*') && wide.IndexOf('*', StringComparison.Ordinal) == wide.Length - 1 && narrow.StartsWith(wide[..^1], StringComparison.Ordinal)
        : Matches(wide, narrow));
}
