using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <summary>What is to become of a user; what is null stays.</summary>
public sealed record ChangeUserInput
{
    /// <summary>The teams from now on, all of them.</summary>
    public IReadOnlyList<string>? Teams { get; init; }

    /// <summary>True ends all of the user's keys until it is false again.</summary>
    public bool? Disabled { get; init; }
}

/// <summary>Changes a user's teams, or disables or enables the user.</summary>
public sealed class ChangeUser(IIdentityStore store, TimeProvider time, ILogger<ChangeUser> logger)
{
    /// <param name="user">Name or id.</param>
    public async Task<Outcome<UserView>> RunAsync(Actor actor, string user, ChangeUserInput input, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Identity))
        {
            return new Outcome<UserView>.Forbidden(ControlRoles.Identity);
        }

        if (input.Teams?.Any(team => !Names.IsUser(team)) is true)
        {
            return new Outcome<UserView>.Invalid("teams", $"A team's name {Names.UserRule}");
        }

        var directory = await store.LoadAsync(cancellationToken);
        if (FindPrincipal.In(directory, user) is not { } found)
        {
            return new Outcome<UserView>.NotFound("There is no such user.");
        }

        if (input.Disabled is { } disabled && Judge(actor, directory, found, disabled) is { } refused)
        {
            return refused;
        }

        ImmutableArray<string> teams = input.Teams is null ? found.Teams : [.. input.Teams.Order(StringComparer.Ordinal).Distinct(StringComparer.Ordinal)];
        var changed = found with { Teams = teams, Disabled = input.Disabled ?? found.Disabled };
        if (!await store.UpdatePrincipalAsync(found.Id, changed.Teams, changed.Disabled, actor.Audited, cancellationToken))
        {
            return new Outcome<UserView>.NotFound("There is no such user.");
        }

        Log.PrincipalChanged(logger, changed.Name, changed.Id.Value, actor.Id, changed.Disabled, changed.Teams.Length);
        var now = time.GetUtcNow();
        return new Outcome<UserView>.Done(UserView.Of(changed, directory.Keys.Count(key => key.Owner == changed.Id && key.IsLive(now))));
    }

    /// <summary>Ending or reviving keys takes as much power as they carry, and nobody can lock themselves out.</summary>
    private Outcome<UserView>? Judge(Actor actor, IdentityDirectory directory, Principal user, bool disabled)
    {
        if (disabled && actor.Id == user.Id.Value)
        {
            return new Outcome<UserView>.Conflict("You cannot disable yourself; another administrator can.");
        }

        var carried = FindPrincipal.RolesOf(directory, user, time.GetUtcNow());
        return actor.May(carried) ? null : new Outcome<UserView>.Forbidden(carried);
    }
}
