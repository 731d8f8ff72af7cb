using System.Collections.Immutable;

namespace Paddock.Core.Metrics;

/// <summary>By what the numbers can be cut. Written as its name in lower case.</summary>
public enum MetricDimension
{
    /// <summary>Not cut.</summary>
    All,
    Team,
    Mode,
    Provider,
    Model,
    Agent,
    Repository,
    Release,
    /// <summary>Off unless an operator turns it on.</summary>
    Person,
}

public static class MetricDimensions
{
    /// <summary>In the order of <see cref="MetricDimension"/>.</summary>
    public static readonly ImmutableArray<string> Names = [.. Enum.GetNames<MetricDimension>().Select(static name => name.ToLowerInvariant())];

    public static string Name(this MetricDimension dimension) => Names[(int)dimension];

    public static MetricDimension? Parse(string name) => Names.IndexOf(name) is >= 0 and var at ? (MetricDimension)at : null;
}
