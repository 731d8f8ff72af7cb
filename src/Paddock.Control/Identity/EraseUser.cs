using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <summary>
/// Makes the installation forget who a user is: an id and a pseudonym are left, and everything that was recorded under the id stays. What
/// is kept of the content of their calls is another matter (<see cref="Audit.Payloads.RedactContent"/>).
/// </summary>
public sealed class EraseUser(IIdentityStore store, ILogger<EraseUser> logger)
{
    /// <param name="user">Name or id; disabled before, so that nobody is forgotten by mistake.</param>
    public async Task<Outcome<UserView>> RunAsync(Actor actor, string user, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Identity))
        {
            return new Outcome<UserView>.Forbidden(ControlRoles.Identity);
        }

        if (FindPrincipal.In(await store.LoadAsync(cancellationToken), user) is not { } found)
        {
            return new Outcome<UserView>.NotFound("There is no such user.");
        }

        if (!found.Disabled)
        {
            return new Outcome<UserView>.Conflict("This user's keys still work; disable the user first.");
        }

        var pseudonym = "erased-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
        if (!await store.EraseAsync(found.Id, pseudonym, actor.Audited, cancellationToken))
        {
            return new Outcome<UserView>.Conflict("The user has changed in this moment; look again.");
        }

        Log.PrincipalErased(logger, found.Id.Value, actor.Id);
        return new Outcome<UserView>.Done(UserView.Of(found with { Name = pseudonym, Teams = [] }));
    }
}
