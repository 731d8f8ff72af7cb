using Paddock.Core.Releases;
using Paddock.Core.Snapshot;

namespace Paddock.Gateway.Tests.Decide;

/// <summary>A release with one provider, and one team profile that is for everybody it says.</summary>
internal static class Profiled
{
    /// <param name="profile">The lines of its spec.</param>
    /// <param name="more">Further documents, each after a line of dashes.</param>
    public static GovernanceSnapshot By(Uri address, string profile, string more = "") =>
        SnapshotBuilder.Build(ReleaseLoader.Load([new("a.yaml", Head(address) + "spec:\n  " + profile.Replace("\n", "\n  ", StringComparison.Ordinal) + "\n" + more)]).ShouldBeOfType<LoadOutcome.Loaded>().Content);

    private static string Head(Uri address) => $$"""
        apiVersion: paddock/v1alpha1
        kind: Provider
        metadata: {name: p, owner: tests}
        spec:
          wires: [openai-chat]
          baseUrl: '{{address}}up'
          auth: {scheme: none}
        ---
        apiVersion: paddock/v1alpha1
        kind: TeamProfile
        metadata: {name: developers, owner: tests}

        """;
}
