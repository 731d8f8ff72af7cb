using System.Collections.Immutable;
using Paddock.Core.Models;
using Paddock.Core.Snapshot;

namespace Paddock.Gateway.Decide;

/// <summary>Where a call may go, in order, and how persistently.</summary>
/// <param name="Document">The <c>Model</c> document that named it; null when none did.</param>
internal sealed record ResolvedTargets(ImmutableArray<UpstreamTarget> Targets, ModelRoute? Route, Model? Document)
{
    /// <summary>Without a route a provider's answer, good or bad, is passed on as it is: the client has retries of its own.</summary>
    public int TriesPerTarget => Route?.TriesPerTarget ?? 1;

    public int MaxTries => Route?.MaxTries ?? 1;

    public TimeSpan Backoff => Route?.Backoff ?? TimeSpan.FromMilliseconds(250);

    public TimeSpan MaxWait => Route?.MaxWait ?? TimeSpan.Zero;
}
