namespace Paddock.Core.Policies.Matching;

/// <summary>Compares what two rules look at.</summary>
internal static class MatchCover
{
    /// <summary>Whether every call that <paramref name="narrow"/> takes is taken by <paramref name="wide"/> too. False when that cannot be told.</summary>
    public static bool Covers(CompiledMatch wide, CompiledMatch narrow)
    {
        var (w, n) = (wide.Source, narrow.Source);
        return wide.TakesClassesOf(narrow)
            && CompiledScope.Wider(wide.Commands, narrow.Commands, (a, b) => a.Covers(b))
            && CompiledScope.Wider(wide.Paths, narrow.Paths, (a, b) => a.Covers(b))
            && wide.NotPaths.All(a => narrow.NotPaths.Any(b => b.Covers(a)))
            && CompiledScope.Wider(w.Tools, n.Tools, NamePattern.Covers)
            && CompiledScope.Wider(w.Modes, n.Modes, NamePattern.Covers)
            && CompiledScope.Wider(w.Agents, n.Agents, NamePattern.Covers)
            && CompiledScope.Wider(w.Models, n.Models, NamePattern.Covers)
            && CompiledScope.Wider(w.Providers, n.Providers, NamePattern.Covers)
            && CompiledScope.Wider(w.Teams, n.Teams, (a, b) => a == b)
            && CompiledScope.Wider(w.Principals, n.Principals, (a, b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase))
            && CompiledScope.Wider(wide.Repositories, narrow.Repositories, (a, b) => a.Covers(b))
            && Covers(w.Mcp, n.Mcp);
    }

    private static bool Covers(McpMatch? wide, McpMatch? narrow) => wide is null || (narrow is not null
        && CompiledScope.Wider(wide.Servers, narrow.Servers, NamePattern.Covers)
        && CompiledScope.Wider(wide.Tools, narrow.Tools, NamePattern.Covers)
        && (wide.ReadOnly is null || wide.ReadOnly == narrow.ReadOnly)
        && (wide.Destructive is null || wide.Destructive == narrow.Destructive));
}
