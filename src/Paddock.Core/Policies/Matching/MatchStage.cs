namespace Paddock.Core.Policies.Matching;

/// <summary>Where a rule stopped matching. In the order in which it is looked.</summary>
public enum MatchStage
{
    /// <summary>Nowhere: it matches.</summary>
    Matched,
    Classes,
    Tools,
    Mcp,
    Agents,
    Modes,
    Models,
    Providers,
    Principals,
    Teams,
    Repositories,
    Scope,
    /// <summary>An allow rule looks at what the agent merely says of itself.</summary>
    Pins,
    Commands,
    Paths,
    /// <summary>An allow rule does not look at what makes the command line more than plain words, or nobody can read it.</summary>
    Legibility,
    When,
}
