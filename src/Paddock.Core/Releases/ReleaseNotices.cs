using System.Collections.Immutable;
using Paddock.Core.Notifications;

namespace Paddock.Core.Releases;

/// <summary>What people are told of releases.</summary>
public static class ReleaseNotices
{
    /// <param name="by">A principal id, or <c>system:…</c>.</param>
    public static Notification EnforcementChanged(ReleaseDigest digest, ImmutableArray<EnforcementChange> changes, string by, DateTimeOffset at) => new()
    {
        Event = "release.enforcement_changed",
        At = at,
        Text = $"Policies are bound otherwise since release {digest.Short}: {ChatText.Of(string.Join("; ", changes))}",
        Facts = [new("release", digest.Value), new("changes", string.Join("; ", changes)), new("by", by)],
    };
}
