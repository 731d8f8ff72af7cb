using System.Collections.Immutable;

namespace Paddock.Core.Policies.Mutations;

/// <summary>One list of texts in a rule's <c>match</c>.</summary>
/// <param name="Key">As it is written, such as <c>paths.any</c>.</param>
/// <param name="With">The match with another list there.</param>
internal sealed record TextField(string Key, Func<RuleMatch, ImmutableArray<string>> Of, Func<RuleMatch, ImmutableArray<string>, RuleMatch> With)
{
    public static readonly ImmutableArray<TextField> All =
    [
        new("modes", match => match.Modes, (match, texts) => match with { Modes = texts }),
        new("tools", match => match.Tools, (match, texts) => match with { Tools = texts }),
        new("paths.any", match => match.Paths, (match, texts) => match with { Paths = texts }),
        new("paths.none", match => match.NotPaths, (match, texts) => match with { NotPaths = texts }),
        new("mcp.servers", match => match.Mcp?.Servers ?? [], (match, texts) => match with { Mcp = match.Mcp! with { Servers = texts } }), // it has servers
        new("mcp.tools", match => match.Mcp?.Tools ?? [], (match, texts) => match with { Mcp = match.Mcp! with { Tools = texts } }), // it has tools
        new("providers", match => match.Providers, (match, texts) => match with { Providers = texts }),
        new("models", match => match.Models, (match, texts) => match with { Models = texts }),
        new("agents", match => match.Agents, (match, texts) => match with { Agents = texts }),
        new("principals", match => match.Principals, (match, texts) => match with { Principals = texts }),
        new("teams", match => match.Teams, (match, texts) => match with { Teams = texts }),
        new("repositories", match => match.Repositories, (match, texts) => match with { Repositories = texts }),
    ];

    /// <summary>Whether its items are patterns of paths.</summary>
    public bool HoldsPaths => Key is "paths.any" or "paths.none" or "repositories";
}
