using System.Collections.Immutable;
using Paddock.Core.Tools;

namespace Paddock.Core.Policies;

/// <summary>What happens to a call that no rule allows, refuses or holds.</summary>
public sealed record ToolDefaults
{
    private static readonly int classes = Enum.GetValues<ToolClass>().Length;

    /// <summary>Everything is allowed: a pilot.</summary>
    public static readonly ToolDefaults Pilot = new() { Effects = [.. Enumerable.Repeat(Effect.Allow, classes)] };

    /// <summary>One per <see cref="ToolClass"/>, in its order.</summary>
    public required ImmutableArray<Effect> Effects { get; init; }

    /// <summary>Who is asked where an effect is <see cref="Effect.RequireApproval"/>; null when none is.</summary>
    public RuleApproval? Approval { get; init; }

    public Effect Of(ToolClass tool) => Effects[(int)tool];
}
