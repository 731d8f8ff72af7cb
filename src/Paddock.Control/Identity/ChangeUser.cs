using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <summary>What is to become of a user; what is null stays.</summary>
public sealed record ChangeUserInput
{
    /// <summary>The teams from now on, all of them.</summary>
    public IReadOnlyList<string>? Teams { get; init; }

    /// <summary>What the user may do in the control plane once signed in, by name; all of them. Only people have any.</summary>
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>True ends all of the user's keys and sessions until it is false again.</summary>
    public bool? Disabled { get; init; }

    /// <summary>How teams and roles were when the caller last looked: what somebody else changed meanwhile is not undone unawares. Null = however they were.</summary>
    public SeenAccess? Was { get; init; }
}

/// <summary>Somebody's access as it was shown; what is null was not looked at.</summary>
public sealed record SeenAccess(IReadOnlyList<string>? Teams, IReadOnlyList<string>? Roles)
{
    internal bool IsStillOf(Principal principal) =>
        (Teams is null || Teams.ToHashSet(StringComparer.Ordinal).SetEquals(principal.Teams)) && (Roles is null || Roles.ToHashSet(StringComparer.Ordinal).SetEquals(RoleNames.Of(principal.Roles)));
}

/// <summary>Changes a user's teams or roles, or disables or enables the user.</summary>
public sealed class ChangeUser(IIdentityStore store, TimeProvider time, ILogger<ChangeUser> logger)
{
    /// <param name="user">Name or id.</param>
    public async Task<Outcome<UserView>> RunAsync(Actor actor, string user, ChangeUserInput input, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Identity))
        {
            return new Outcome<UserView>.Forbidden(ControlRoles.Identity);
        }

        if (Check(input, out var roles) is { } fault)
        {
            return fault;
        }

        var directory = await store.LoadAsync(cancellationToken);
        if (FindPrincipal.In(directory, user) is not { } found)
        {
            return new Outcome<UserView>.NotFound("There is no such user.");
        }

        Outcome<UserView>? refused = null;
        var changed = found;
        var known = await store.UpdatePrincipalAsync(
            found.Id,
            now =>
            {
                refused = Judge(actor, directory, now, Changed(now, input, roles), input);
                return changed = refused is null ? Changed(now, input, roles) : now;
            },
            actor.Audited, cancellationToken);
        if (refused is not null || !known)
        {
            return refused ?? new Outcome<UserView>.NotFound("There is no such user.");
        }

        Log.PrincipalChanged(logger, changed.Name, changed.Id.Value, actor.Id, changed.Disabled, changed.Teams.Length);
        return new Outcome<UserView>.Done(UserView.Of(changed, directory, time.GetUtcNow()));
    }

    private static Principal Changed(Principal principal, ChangeUserInput input, ControlRoles roles) => principal with
    {
        Teams = input.Teams is null ? principal.Teams : [.. input.Teams.Order(StringComparer.Ordinal).Distinct(StringComparer.Ordinal)],
        Roles = input.Roles is null ? principal.Roles : roles,
        Disabled = input.Disabled ?? principal.Disabled,
    };

    private static Outcome<UserView>? Check(ChangeUserInput input, out ControlRoles roles)
    {
        roles = ControlRoles.None;
        return input switch
        {
            { Teams: { } teams } when teams.Any(team => !Names.IsUser(team)) => new Outcome<UserView>.Invalid("teams", $"A team's name {Names.UserRule}"),
            { Roles: { } named } when !RoleNames.TryParse(named, out roles) => new Outcome<UserView>.Invalid("roles", $"Control roles are {string.Join(", ", ControlRoleNames.All)}."),
            _ => null,
        };
    }

    /// <summary>Ending, reviving, giving and taking take as much power as is at stake, and nobody can lock themselves out.</summary>
    private Outcome<UserView>? Judge(Actor actor, IdentityDirectory directory, Principal before, Principal after, ChangeUserInput input)
    {
        if (input.Was is { } was && !was.IsStillOf(before))
        {
            return new Outcome<UserView>.Conflict("Somebody else has changed these teams or roles meanwhile. Nothing was saved: look at how they are now, then change them.");
        }

        if (input.Disabled is true && actor.Id == before.Id.Value)
        {
            return new Outcome<UserView>.Conflict("You cannot disable yourself; another administrator can.");
        }

        if (after.Roles != before.Roles && before.Kind is not PrincipalKind.User)
        {
            return new Outcome<UserView>.Invalid("roles", "A service account does not sign in; its keys have roles.");
        }

        var atStake = (before.Roles ^ after.Roles) | (input.Disabled is null ? ControlRoles.None : directory.RolesOf(before, time.GetUtcNow()));
        return actor.May(atStake) ? null : new Outcome<UserView>.Forbidden(atStake);
    }
}
