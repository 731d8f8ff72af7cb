using Microsoft.Extensions.Logging;
using Paddock.Core.Identity;

namespace Paddock.Control.Installation;

/// <summary>Takes a consistent copy of the database while calls go on.</summary>
public sealed class BackUp(IInstallation installation, ILogger<BackUp> logger)
{
    /// <returns>What writes the copy.</returns>
    public Task<Outcome<Func<Stream, CancellationToken, Task>>> RunAsync(Actor actor, CancellationToken _)
    {
        if (!actor.May(ControlRoles.Operator))
        {
            return Task.FromResult<Outcome<Func<Stream, CancellationToken, Task>>>(new Outcome<Func<Stream, CancellationToken, Task>>.Forbidden(ControlRoles.Operator));
        }

        Log.BackedUp(logger, actor.Id);
        return Task.FromResult<Outcome<Func<Stream, CancellationToken, Task>>>(new Outcome<Func<Stream, CancellationToken, Task>>.Done((target, cancellationToken) => installation.BackUpAsync(target, actor.Audited, cancellationToken)));
    }
}
