using System.Collections.Immutable;

namespace Paddock.Core.Policies.Authoring;

/// <summary>What would be decided otherwise.</summary>
/// <param name="Changes">From the strictest outcome to the mildest.</param>
/// <param name="NotReplayed">Decisions that cannot be judged again, and why.</param>
public sealed record ReplayReport(long Replayed, long Unchanged, ImmutableArray<ReplayChange> Changes, ImmutableArray<KeyValuePair<ReplayGap, long>> NotReplayed);

/// <summary>Decisions that would change in one way.</summary>
/// <param name="Teams">Somebody of several teams counts for each.</param>
/// <param name="Rules">Those that would decide.</param>
/// <param name="Examples">The newest.</param>
public sealed record ReplayChange(
    ReplayedEffect From, ReplayedEffect To, long Count, ImmutableArray<KeyValuePair<string, long>> Tools, ImmutableArray<KeyValuePair<string, long>> Teams, ImmutableArray<KeyValuePair<string, long>> Rules,
    ImmutableArray<ReplayExample> Examples);

/// <param name="Principal">Principal id.</param>
/// <param name="Was">The rule that decided; null = the release's defaults.</param>
/// <param name="Rule">The one that would.</param>
public sealed record ReplayExample(string Decision, DateTimeOffset At, string Tool, string Principal, string? Was, string Rule);

/// <summary>From the mildest to the strictest.</summary>
public enum ReplayedEffect
{
    Allow,
    SoftDeny,
    RequireApproval,
    Deny,
}

/// <summary>Why a decision cannot be judged again.</summary>
public enum ReplayGap
{
    /// <summary>It could not be judged then.</summary>
    NotEvaluated,
    /// <summary>Nothing was kept of it.</summary>
    NotKept,
    /// <summary>A rule looks at what was masked or left out.</summary>
    Masked,
}
