using Paddock.Core.Identity;
using Paddock.Core.Snapshot;

namespace Paddock.Control.Modes;

/// <summary>Lists the team profiles of the release in force.</summary>
public sealed class ListTeamProfiles(ISnapshots snapshots)
{
    public Task<Outcome<TeamProfileList>> RunAsync(Actor actor, CancellationToken _) => Task.FromResult<Outcome<TeamProfileList>>(
        actor.May(ControlRoles.Viewer)
            ? new Outcome<TeamProfileList>.Done(new([.. snapshots.Current.Profiles.All.Select(profile => TeamProfileView.Of(profile, snapshots.Current.Profiles))]))
            : new Outcome<TeamProfileList>.Forbidden(ControlRoles.Viewer));
}
