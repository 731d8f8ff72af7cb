namespace Paddock.Core.Metrics;

/// <summary>Who may be told of in numbers.</summary>
public sealed record MetricRules
{
    /// <summary>Groups of fewer people are not shown: a number about few is a number about each.</summary>
    public int MinimumGroup { get; init; } = 5;

    /// <summary>Whether numbers are kept for single people, too. Off unless an operator turns it on; what was folded before has none.</summary>
    public bool ByPerson { get; init; }
}
