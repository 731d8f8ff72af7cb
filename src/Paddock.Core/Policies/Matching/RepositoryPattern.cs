namespace Paddock.Core.Policies.Matching;

/// <summary>
/// A pattern of repositories, such as <c>payments/**</c> or <c>git.example/payments/*</c>: with or without the host, without scheme
/// and <c>.git</c>, in any letter case, as most hosts read them.
/// </summary>
internal sealed class RepositoryPattern(string text)
{
    public string Text => text;

    public bool Matches(string repository)
    {
        var name = repository.AsSpan();
        name = name.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? name[(scheme + 3)..] : name;
        name = name.TrimEnd('/');
        name = name.EndsWith(".git", StringComparison.OrdinalIgnoreCase) ? name[..^4] : name;
        if (Takes(text, name))
        {
            return true;
        }

        var host = name.IndexOf('/');
        return host > 0 && name[..host].Contains('.') && Takes(text, name[(host + 1)..]);
    }

    public bool Covers(RepositoryPattern narrow) => string.Equals(text, narrow.Text, StringComparison.OrdinalIgnoreCase) || text == "**"
        || (text.EndsWith("/**", StringComparison.Ordinal) && !text[..^3].AsSpan().ContainsAny('*', '?') && narrow.Text.StartsWith(text[..^2], StringComparison.OrdinalIgnoreCase));

    private static bool Takes(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        var part = pattern.IndexOf('/') is >= 0 and var end ? pattern[..end] : pattern;
        var isLast = part.Length == pattern.Length;
        if (part is "**")
        {
            return isLast || TakesBelow(pattern[(part.Length + 1)..], name);
        }

        var first = name.IndexOf('/') is >= 0 and var slash ? name[..slash] : name;
        if (!PartPattern.Matches(part, first, ignoreCase: true))
        {
            return false;
        }

        return isLast ? first.Length == name.Length : first.Length < name.Length && Takes(pattern[(part.Length + 1)..], name[(first.Length + 1)..]);
    }

    private static bool TakesBelow(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        while (!Takes(pattern, name))
        {
            if (name.IndexOf('/') is not (>= 0 and var slash))
            {
                return false;
            }

            name = name[(slash + 1)..];
        }

        return true;
    }
}
