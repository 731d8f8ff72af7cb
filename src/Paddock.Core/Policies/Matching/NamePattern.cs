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

    /// <summary>Whether there is a name that both take.</summary>
    public static bool Overlaps(string one, string other)
    {
        var below = new bool[other.Length + 1];
        for (var i = one.Length; i >= 0; i--)
        {
            var row = new bool[other.Length + 1];
            for (var j = other.Length; j >= 0; j--)
            {
                var (hasOne, hasOther) = (i < one.Length, j < other.Length);
                row[j] = (!hasOne && !hasOther)
                    || (hasOne && one[i] == '*' && (below[j] || (hasOther && row[j + 1])))
                    || (hasOther && other[j] == '*' && (row[j + 1] || (hasOne && below[j])))
                    || (hasOne && hasOther && one[i] == other[j] && below[j + 1]);
            }

            below = row;
        }

        return below[0];
    }

    /// <summary>Whether everything that <paramref name="narrow"/> takes is taken by <paramref name="wide"/> too. False when that cannot be told.</summary>
    public static bool Covers(string wide, string narrow) => wide == narrow || (narrow.Contains('*', StringComparison.Ordinal)
        ? wide.EndsWith('*') && wide.IndexOf('*', StringComparison.Ordinal) == wide.Length - 1 && narrow.StartsWith(wide[..^1], StringComparison.Ordinal)
        : Matches(wide, narrow));
}
