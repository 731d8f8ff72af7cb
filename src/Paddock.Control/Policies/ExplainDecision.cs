using Paddock.Control.Identity;
using Paddock.Control.Releases;
using Paddock.Core.Identity;
using Paddock.Core.Policies;
using Paddock.Core.Policies.Authoring;
using Paddock.Core.Policies.Facts;
using Paddock.Core.Releases;
using Paddock.Core.Snapshot;

namespace Paddock.Control.Policies;

/// <summary>Says how a call would be judged, and of every rule why it matches or where it stops. Nothing is recorded.</summary>
public sealed class ExplainDecision(ISnapshots snapshots, IReleaseStore store, IIdentities identities, DescribedCalls calls)
{
    public async Task<Outcome<ExplanationView>> RunAsync(Actor actor, ExplainInput input, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Viewer))
        {
            return new Outcome<ExplanationView>.Forbidden(ControlRoles.Viewer);
        }

        var principal = input.User is { } user ? FindPrincipal.In(identities.Current, user) : null;
        if (input.User is not null && principal is null)
        {
            return new Outcome<ExplanationView>.Invalid("user", "There is no such user; the fact user.id tries a made-up one.");
        }

        var (call, field, message) = calls.Read(input with { User = principal?.Name });
        if (call is null)
        {
            return new Outcome<ExplanationView>.Invalid(field, message);
        }

        if (principal is not null)
        {
            call = call with { PrincipalId = principal.Id.Value, Facts = call.Facts.Insert(0, new(FactTable.Of(Fact.UserTeams).Name, [.. principal.Teams])) };
        }

        return await FindAsync(input.Release, cancellationToken) is { } release
            ? Explain(release.Digest, release.Policies, call)
            : new Outcome<ExplanationView>.NotFound(FindRelease.Missing);
    }

    /// <summary>The same for a release that is at hand, without a server.</summary>
    public static Outcome<ExplanationView> Explain(ReleaseDigest release, PolicySet policies, DescribedCall call) => call.Read() switch
    {
        DescribedOutcome.Described { Subject: var subject } => new Outcome<ExplanationView>.Done(ExplanationView.Of(release, policies, subject)),
        DescribedOutcome.Faulty { Faults: var faults } => new Outcome<ExplanationView>.Invalid("facts", string.Join(" ", faults)),
        _ => throw new InvalidOperationException("A description has two outcomes."),
    };

    private async Task<(ReleaseDigest Digest, PolicySet Policies)?> FindAsync(string release, CancellationToken cancellationToken)
    {
        if (release == "active")
        {
            return (snapshots.Current.Digest, snapshots.Current.Policies);
        }

        return await FindRelease.InAsync(store, release, cancellationToken) is { } digest
            && await store.FindAsync(digest, cancellationToken) is { } stored
            && ReleaseLoader.Load(stored.Files) is LoadOutcome.Loaded { Content: var content }
            ? (digest, SnapshotBuilder.Build(content).Policies)
            : null;
    }
}
