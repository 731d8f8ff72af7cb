using Paddock.Core.Identity;
using Paddock.Core.Tasks;

namespace Paddock.Control.Tasks;

/// <summary>Finds a task for whoever may see it: whose it is, and those who read everything. To others it is not there.</summary>
internal static class FindTask
{
    public static async Task<TaskRecord?> ForAsync(Actor actor, ITasks tasks, string id, CancellationToken cancellationToken) =>
        await tasks.FindAsync(id, cancellationToken) is { } found && (found.Principal == actor.Id || actor.May(ControlRoles.Viewer)) ? found : null;
}
