using Paddock.Core.Tools;

namespace Paddock.Core.Policies.Decisions;

/// <summary>Which decisions. What is null is not asked for.</summary>
public sealed record DecisionQuery
{
    /// <summary>Principal id.</summary>
    public string? Principal { get; init; }

    public string? Agent { get; init; }

    public string? Task { get; init; }

    public string? NativeTask { get; init; }

    public string? Tool { get; init; }

    public ToolClass? Class { get; init; }

    /// <summary>As <see cref="BoundRule.Name"/>; finds it also where it only would have decided, or warned.</summary>
    public string? Rule { get; init; }

    public Effect? Effect { get; init; }

    public string? ReleaseDigest { get; init; }

    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? Until { get; init; }

    /// <summary>Only decisions older than this one, for the next page.</summary>
    public string? Before { get; init; }

    /// <summary>1 to 1,000.</summary>
    public int Limit { get; init; } = 100;
}
