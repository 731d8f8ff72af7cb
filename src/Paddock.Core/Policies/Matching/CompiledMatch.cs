using System.Collections.Immutable;
using Paddock.Core.Policies.Facts;
using Paddock.Core.Tools;

namespace Paddock.Core.Policies.Matching;

/// <summary>A rule's <c>match</c> in the shape in which calls are compared with it.</summary>
internal sealed class CompiledMatch
{
    private readonly RuleMatch source;
    private readonly int classes;
    private readonly ImmutableArray<RepositoryPattern> repositories;

    public CompiledMatch(RuleMatch match)
    {
        source = match;
        classes = ClassMask(match);
        Commands = [.. match.Commands.Select(words => new CommandPattern(words))];
        Paths = [.. match.Paths.Select(text => new PathPattern(text))];
        NotPaths = [.. match.NotPaths.Select(text => new PathPattern(text))];
        repositories = [.. match.Repositories.Select(text => new RepositoryPattern(text))];
    }

    public RuleMatch Source => source;

    public ImmutableArray<CommandPattern> Commands { get; }

    public ImmutableArray<PathPattern> Paths { get; }

    public ImmutableArray<PathPattern> NotPaths { get; }

    public ImmutableArray<RepositoryPattern> Repositories => repositories;

    /// <summary>Whether no call at all can match: an MCP tool runs no command line, and so on.</summary>
    public bool IsImpossible => classes == 0;

    public bool Takes(ToolClass tool) => (classes & (1 << (int)tool)) != 0;

    public bool TakesClassesOf(CompiledMatch other) => (other.classes & ~classes) == 0;

    /// <summary>Who calls what: all that is known before the arguments are.</summary>
    public MatchStage Caller(PolicySubject subject) => this switch
    {
        _ when !Takes(subject.Class) => MatchStage.Classes,
        _ when !AnyName(source.Tools, subject.Text(Fact.CallTool)) => MatchStage.Tools,
        _ when !TakesMcp(subject) => MatchStage.Mcp,
        _ => TakesCaller(subject),
    };

    private MatchStage TakesCaller(PolicySubject subject) => this switch
    {
        _ when !AnyName(source.Agents, subject.Text(Fact.AgentId)) => MatchStage.Agents,
        _ when !AnyName(source.Modes, subject.Text(Fact.TaskMode)) => MatchStage.Modes,
        _ when !AnyName(source.Models, subject.Text(Fact.ModelName)) => MatchStage.Models,
        _ when !AnyName(source.Providers, subject.Text(Fact.ModelProvider)) => MatchStage.Providers,
        _ when !source.Principals.IsEmpty && !IsPrincipal(source.Principals, subject) => MatchStage.Principals,
        _ when !AnyTeam(source.Teams, subject) => MatchStage.Teams,
        _ when !AnyRepository(repositories, subject.Text(Fact.TaskRepository)) => MatchStage.Repositories,
        _ => MatchStage.Matched,
    };

    /// <summary>The same for a tool of an MCP server of which only the server is known, so that <c>call.tool</c> ends in <c>*</c>.</summary>
    /// <param name="certain">Whether all of its tools must be taken, or one is enough.</param>
    public bool CallerOfAnyTool(PolicySubject subject, bool certain)
    {
        var tool = subject.Text(Fact.CallTool) ?? "";
        return Takes(subject.Class) && TakesCaller(subject) is MatchStage.Matched
            && (source.Tools.IsEmpty || source.Tools.Any(pattern => certain ? NamePattern.Covers(pattern, tool) : NamePattern.Overlaps(pattern, tool)))
            && (source.Mcp is not { } mcp || (AnyName(mcp.Servers, subject.Text(Fact.McpServer)) && (!certain || (mcp is { ReadOnly: null, Destructive: null } && (mcp.Tools.IsEmpty || mcp.Tools.Contains("*"))))));
    }

    public static bool AnyName(ImmutableArray<string> patterns, string? name)
    {
        if (patterns.IsEmpty)
        {
            return true;
        }

        if (name is null)
        {
            return false;
        }

        foreach (var pattern in patterns)
        {
            if (NamePattern.Matches(pattern, name))
            {
                return true;
            }
        }

        return false;
    }

    public static bool IsPrincipal(ImmutableArray<string> patterns, PolicySubject subject)
    {
        foreach (var pattern in patterns)
        {
            if (string.Equals(pattern, subject.Text(Fact.UserId), StringComparison.OrdinalIgnoreCase) || pattern == subject.PrincipalId)
            {
                return true;
            }
        }

        return false;
    }

    public static bool AnyTeam(ImmutableArray<string> teams, PolicySubject subject)
    {
        if (teams.IsEmpty)
        {
            return true;
        }

        foreach (var team in subject.Teams)
        {
            if (teams.Has(team))
            {
                return true;
            }
        }

        return false;
    }

    public static bool AnyRepository(ImmutableArray<RepositoryPattern> patterns, string? repository)
    {
        if (patterns.IsEmpty)
        {
            return true;
        }

        if (repository is null)
        {
            return false;
        }

        foreach (var pattern in patterns)
        {
            if (pattern.Matches(repository))
            {
                return true;
            }
        }

        return false;
    }

    private static int ClassMask(RuleMatch match)
    {
        const int Every = (1 << ((int)ToolClass.Subtask + 1)) - 1;
        var mask = match.Classes.IsEmpty ? Every : 0;
        foreach (var tool in match.Classes)
        {
            mask |= 1 << (int)tool;
        }

        mask &= match.Commands.IsEmpty ? ~0 : 1 << (int)ToolClass.Command;
        return match.Mcp is null ? mask : mask & (1 << (int)ToolClass.Mcp);
    }

    private bool TakesMcp(PolicySubject subject) => source.Mcp is not { } mcp
        || (AnyName(mcp.Servers, subject.Text(Fact.McpServer)) && AnyName(mcp.Tools, subject.Text(Fact.McpTool))
            && (mcp.ReadOnly is null || mcp.ReadOnly == subject.Flag(Fact.McpReadOnly)) && (mcp.Destructive is null || mcp.Destructive == subject.Flag(Fact.McpDestructive)));
}
