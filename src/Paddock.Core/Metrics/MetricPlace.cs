using System.Collections.Immutable;

namespace Paddock.Core.Metrics;

/// <summary>What something belongs to, for cutting the numbers. Null = nothing was said.</summary>
public sealed record MetricPlace
{
    /// <summary>A person may be in several teams, and counts in each.</summary>
    public ImmutableArray<string> Teams { get; init; } = [];

    public string? Mode { get; init; }

    public string? Provider { get; init; }

    public string? Model { get; init; }

    public string Agent { get; init; } = "unknown";

    public string? Repository { get; init; }

    /// <summary>Digest of the policy release.</summary>
    public string? Release { get; init; }

    /// <summary>Principal id.</summary>
    public string Person { get; init; } = "";

    /// <summary>All groups it counts in.</summary>
    /// <param name="people">Whether people are groups.</param>
    public IEnumerable<MetricGroup> Groups(bool people)
    {
        yield return MetricGroup.All;
        foreach (var team in Teams.IsEmpty ? [""] : Teams)
        {
            yield return new(MetricDimension.Team, team, null);
        }

        for (var dimension = MetricDimension.Mode; dimension <= (people ? MetricDimension.Person : MetricDimension.Release); dimension++)
        {
            var value = Of(dimension);
            yield return new(dimension, value, null);
            foreach (var team in Teams)
            {
                yield return new(dimension, value, team);
            }
        }
    }

    public bool Equals(MetricPlace? other) => other is not null && Mode == other.Mode && Provider == other.Provider && Model == other.Model && Agent == other.Agent
        && Repository == other.Repository && Release == other.Release && Person == other.Person && Teams.SequenceEqual(other.Teams);

    public override int GetHashCode() => HashCode.Combine(Mode, Provider, Model, Agent, Repository, Release, Person, Teams.Length);

    private string Of(MetricDimension dimension) => dimension switch
    {
        MetricDimension.Mode => Mode,
        MetricDimension.Provider => Provider,
        MetricDimension.Model => Model,
        MetricDimension.Agent => Agent,
        MetricDimension.Repository => Repository,
        MetricDimension.Release => Release,
        _ => Person,
    } ?? "";
}

/// <summary>One group of tasks.</summary>
/// <param name="Value">Empty: nothing was said, or not cut.</param>
/// <param name="Team">Only what this team has of it; null = all.</param>
public readonly record struct MetricGroup(MetricDimension Dimension, string Value, string? Team)
{
    public static readonly MetricGroup All = new(MetricDimension.All, "", null);
}
