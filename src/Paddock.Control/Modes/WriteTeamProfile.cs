using Paddock.Core.Identity;
using Paddock.Core.Modes;
using Paddock.Core.Snapshot;

namespace Paddock.Control.Modes;

/// <summary>Writes a team profile of the release in force as the files that agents read.</summary>
public sealed class WriteTeamProfile(ISnapshots snapshots, IEnumerable<IProfileFiles> writers)
{
    public Task<Outcome<TeamProfileFiles>> RunAsync(Actor actor, string name, CancellationToken _)
    {
        var profiles = snapshots.Current.Profiles;
        return Task.FromResult<Outcome<TeamProfileFiles>>(
            !actor.May(ControlRoles.Viewer) ? new Outcome<TeamProfileFiles>.Forbidden(ControlRoles.Viewer)
            : profiles.All.FirstOrDefault(profile => profile.Name == name) is not { } found ? new Outcome<TeamProfileFiles>.NotFound("The release in force has no team profile of this name.")
            : new Outcome<TeamProfileFiles>.Done(new(found.Name, [.. from writer in writers from file in writer.Of(found, profiles) select new TeamProfileFile(writer.Agent, file.Path, file.Use, file.Text)])));
    }
}
