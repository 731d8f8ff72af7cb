using Paddock.Core.Identity;
using Paddock.Core.Policies.Authoring;
using Paddock.Core.Releases;

namespace Paddock.Control.Policies;

/// <summary>What would be decided otherwise by a candidate.</summary>
/// <param name="Against"><c>recorded</c>, or the digest of the release compared with.</param>
/// <param name="NotReplayed">not_evaluated (it could not be judged then), not_kept (nothing of it was kept), masked (a rule looks at what was masked or left out).</param>
/// <param name="Changes">From the strictest outcome to the mildest.</param>
public sealed record ReplayView(
    string Release, string Against, DateTimeOffset? Since, DateTimeOffset? Until, long Replayed, long Unchanged, IReadOnlyList<ReplayCountView> NotReplayed, double Seconds, IReadOnlyList<ReplayChangeView> Changes)
{
    internal static ReplayView Of(ReleaseDigest candidate, string against, ReplayInput input, ReplayReport report, IdentityDirectory directory, TimeSpan elapsed) => new(
        candidate.Value, against, input.Since, input.Until, report.Replayed, report.Unchanged, [.. report.NotReplayed.Select(gap => new ReplayCountView(PolicyWords.Of(gap.Key), gap.Value))],
        Math.Round(elapsed.TotalSeconds, 3), [.. report.Changes.Select(change => ReplayChangeView.Of(change, directory))]);
}

public sealed record ReplayCountView(string Name, long Count)
{
    internal static IReadOnlyList<ReplayCountView> Of(IEnumerable<KeyValuePair<string, long>> counts) => [.. counts.Select(count => new ReplayCountView(count.Key, count.Value))];
}

/// <param name="From">allow, soft_deny, require_approval or deny.</param>
/// <param name="Teams">Somebody of several teams counts for each.</param>
/// <param name="Rules">Those that would decide.</param>
/// <param name="Examples">The newest.</param>
public sealed record ReplayChangeView(
    string From, string To, long Count, IReadOnlyList<ReplayCountView> Tools, IReadOnlyList<ReplayCountView> Teams, IReadOnlyList<ReplayCountView> Rules, IReadOnlyList<ReplayExampleView> Examples)
{
    internal static ReplayChangeView Of(ReplayChange change, IdentityDirectory directory) => new(
        PolicyWords.Of(change.From), PolicyWords.Of(change.To), change.Count, ReplayCountView.Of(change.Tools), ReplayCountView.Of(change.Teams), ReplayCountView.Of(change.Rules),
        [.. change.Examples.Select(example => new ReplayExampleView(example.Decision, example.At, example.Tool, Identity.FindPrincipal.In(directory, example.Principal)?.Name ?? example.Principal, example.Was, example.Rule))]);
}

/// <param name="Was">The rule that decided; null = the release's defaults.</param>
/// <param name="Rule">The one that would.</param>
public sealed record ReplayExampleView(string Decision, DateTimeOffset At, string Tool, string User, string? Was, string Rule);
