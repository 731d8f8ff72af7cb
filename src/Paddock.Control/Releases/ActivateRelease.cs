using Paddock.Core.Identity;
using Paddock.Core.Releases;

namespace Paddock.Control.Releases;

/// <summary>Puts an imported release in force. Calls that run keep the one they began with.</summary>
public sealed class ActivateRelease(ReleaseBook book, IReleaseStore store)
{
    /// <param name="release">Its digest, or the beginning of it that fits one release only.</param>
    public async Task<Outcome<ReleaseView>> RunAsync(Actor actor, string release, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Policy))
        {
            return new Outcome<ReleaseView>.Forbidden(ControlRoles.Policy);
        }

        if (Ruled(book) is { } ruled)
        {
            return ruled;
        }

        return await FindRelease.InAsync(store, release, cancellationToken) is { } digest
            ? Told(await book.ActivateAsync(digest, actor, cancellationToken))
            : new Outcome<ReleaseView>.NotFound(FindRelease.Missing);
    }

    /// <summary>One source of truth: what a directory says is not overruled from elsewhere, only to be undone at its next change.</summary>
    internal static Outcome<ReleaseView>? Ruled(ReleaseBook book) => book.Directory is { } directory
        ? new Outcome<ReleaseView>.Conflict($"This server takes its release from {directory}; change the files there.")
        : null;

    internal static Outcome<ReleaseView> Told(PublishOutcome outcome) => outcome switch
    {
        PublishOutcome.InForce done => new Outcome<ReleaseView>.Done(ReleaseView.Of(done.Release, active: true)),
        PublishOutcome.Refused refused => new Outcome<ReleaseView>.Faulty(refused.Faults),
        PublishOutcome.NotPermitted bound => new Outcome<ReleaseView>.NotAllowed(
            $"This release binds otherwise what holds now, which takes the control role {ControlRoleNames.Of(ControlRoles.Enforcement)[0]}: {string.Join("; ", bound.Changes)}."),
        _ => new Outcome<ReleaseView>.NotFound(FindRelease.Missing),
    };
}
