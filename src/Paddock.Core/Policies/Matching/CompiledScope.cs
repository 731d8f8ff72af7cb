using System.Collections.Immutable;
using Paddock.Core.Policies.Facts;

namespace Paddock.Core.Policies.Matching;

/// <summary>A binding's scope in the shape in which calls are compared with it.</summary>
internal sealed class CompiledScope(BindingScope source)
{
    private readonly ImmutableArray<RepositoryPattern> repositories = [.. source.Repositories.Select(text => new RepositoryPattern(text))];

    /// <summary>What a key must pin before an allow rule may be heard here.</summary>
    public KeyPins Asserted => (source.Repositories.IsEmpty ? KeyPins.None : KeyPins.Repository) | (source.Agents.IsEmpty ? KeyPins.None : KeyPins.Agent);

    public bool Takes(PolicySubject subject) =>
        CompiledMatch.AnyName(source.Environments, subject.Text(Fact.KeyEnvironment))
        && CompiledMatch.AnyTeam(source.Teams, subject)
        && (source.Principals.IsEmpty || CompiledMatch.IsPrincipal(source.Principals, subject))
        && (source.NotTeams.IsEmpty || !CompiledMatch.AnyTeam(source.NotTeams, subject))
        && (source.NotPrincipals.IsEmpty || !CompiledMatch.IsPrincipal(source.NotPrincipals, subject))
        && CompiledMatch.AnyName(source.Agents, subject.Text(Fact.AgentId))
        && CompiledMatch.AnyRepository(repositories, subject.Text(Fact.TaskRepository));

    /// <summary>Whether this is about the same calls, or more.</summary>
    public bool Covers(CompiledScope other) =>
        Wider(source.Environments, other.Source.Environments, NamePattern.Covers)
        && Wider(source.Teams, other.Source.Teams, (a, b) => a == b)
        && Wider(source.Principals, other.Source.Principals, (a, b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase))
        && Wider(source.Agents, other.Source.Agents, NamePattern.Covers)
        && Wider(repositories, other.repositories, (a, b) => a.Covers(b))
        && source.NotTeams.All(team => other.Source.NotTeams.Contains(team))
        && source.NotPrincipals.All(principal => other.Source.NotPrincipals.Contains(principal, StringComparer.OrdinalIgnoreCase));

    public bool IsNarrowerThan(CompiledScope other) => other.Covers(this) && !Covers(other);

    public bool IsSame(CompiledScope other) => other.Covers(this) && Covers(other);

    /// <summary>Whether one "any of" takes all that another does; an empty one takes everything.</summary>
    public static bool Wider<T>(ImmutableArray<T> wide, ImmutableArray<T> narrow, Func<T, T, bool> covers) =>
        wide.IsEmpty || (!narrow.IsEmpty && narrow.All(n => wide.Any(w => covers(w, n))));

    private BindingScope Source => source;
}
