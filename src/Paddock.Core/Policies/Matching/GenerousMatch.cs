namespace Paddock.Core.Policies.Matching;

/// <summary>Whether a path of which a shell might make something else could be one that a pattern names.</summary>
internal readonly ref struct GenerousMatch(PathPattern pattern, ReadOnlySpan<string> path)
{
    private readonly ReadOnlySpan<string> parts = pattern.Parts.AsSpan();
    private readonly ReadOnlySpan<string> path = path;

    /// <param name="at">The next part of the pattern.</param>
    /// <param name="from">The next part of the path.</param>
    public bool At(int at, int from, ref MatchBudget budget)
    {
        if (budget.IsSpent)
        {
            return true;
        }

        if (at == parts.Length)
        {
            return from == path.Length;
        }

        if (parts[at] == "**")
        {
            return At(at + 1, from, ref budget) || (from < path.Length && At(at, from + 1, ref budget));
        }

        if (from == path.Length)
        {
            return false;
        }

        if (PartPattern.MightMatch(parts[at], path[from], ref budget) && At(at + 1, from + 1, ref budget))
        {
            return true;
        }

        // What stands in a variable may be several parts, but the last one that the pattern names must be seen.
        return PathWildcards.IsVariable(path[from]) && at < pattern.LastLiteral && (At(at + 1, from, ref budget) || At(at + 1, from + 1, ref budget));
    }
}
