using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Paddock.Core.Audit;
using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <summary>What is asked of people who come from the identity provider.</summary>
public sealed record ExternalSignInRules
{
    public GroupMapping Groups { get; init; } = GroupMapping.None;

    /// <summary>Who is in none of these is not let in; empty = whom the provider lets in.</summary>
    public ImmutableArray<string> AllowedGroups { get; init; } = [];

    /// <summary>Whether somebody whom the provider names like a user that is here already is that user, at the first sign-in. Only right where people cannot choose that name themselves.</summary>
    public bool LinksByName { get; init; }
}

/// <summary>Signs in a person whom the identity provider vouches for; makes them a user at the first time.</summary>
public sealed class SignInExternally(IIdentityStore identities, ISignInStore accounts, Sessions sessions, ExternalSignInRules rules, Pepper pepper, TimeProvider time, ILogger<SignInExternally> logger)
{
    private static readonly AuditActor provider = AuditActor.Of("system:identity-provider");

    /// <param name="invitation">Text of the invitation that they came with; null = none.</param>
    /// <param name="source">Address; null when it is not known.</param>
    public async Task<Outcome<NewSession>> RunAsync(ExternalPerson person, string? invitation, string? source, CancellationToken cancellationToken)
    {
        if (!rules.AllowedGroups.IsEmpty && !rules.AllowedGroups.Any(group => person.Groups.Contains(group)))
        {
            return new Outcome<NewSession>.NotAllowed("You are in none of the groups that may sign in here. Ask whoever runs Paddock.");
        }

        var directory = await identities.LoadAsync(cancellationToken);
        var known = await accounts.FindExternalAsync(person.Id, cancellationToken) is { } id ? directory.Find(id) : await InvitedAsync(invitation, directory, cancellationToken);
        var refusal = known is null ? RefusalOf(person, directory, out known) : null;
        if (known is null)
        {
            return new Outcome<NewSession>.NotAllowed(refusal ?? "There is no such user.");
        }

        if (known.Disabled)
        {
            return new Outcome<NewSession>.NotAllowed("Your account here is disabled.");
        }

        if (await TakeInAsync(known, person, cancellationToken) is not { } taken)
        {
            return new Outcome<NewSession>.Conflict("Somebody of this name has come in at this moment; sign in again.");
        }

        return await sessions.StartAsync(taken.Id, SessionClient.Console, "Console", source, passwordHash: null, cancellationToken) is { } made
            ? new Outcome<NewSession>.Done(made)
            : new Outcome<NewSession>.NotAllowed("Your account here is disabled.");
    }

    private async Task<Principal?> InvitedAsync(string? invitation, IdentityDirectory directory, CancellationToken cancellationToken) =>
        invitation is not null && KeyToken.IsSessionSecret(invitation)
        && await accounts.TakeTicketAsync(KeyHash.Compute(invitation, pepper), TicketKind.Invitation, time.GetUtcNow(), cancellationToken) is { Principal: { } id }
            ? directory.Find(id)
            : null;

    /// <summary>Why somebody who was never here does not come in; otherwise who they are or will be.</summary>
    private string? RefusalOf(ExternalPerson person, IdentityDirectory directory, out Principal? principal)
    {
        principal = null;
        if (person.Name is not { } name || !Names.IsUser(name))
        {
            return "The identity provider gives no name for you that can be used here: it is missing, not verified, or has other characters than letters, digits and . _ @ -. Ask whoever runs Paddock.";
        }

        if (FindPrincipal.In(directory, name) is not { } taken)
        {
            principal = CreateUser.PrincipalOf(PrincipalKind.User, name, [], time.GetUtcNow());
            return null;
        }

        if (taken.Kind is not PrincipalKind.User || !rules.LinksByName)
        {
            return $"There is a user {name} here who is not yet known to be you. Ask whoever runs Paddock for an invitation: paddock user invite {name}.";
        }

        principal = taken;
        return null;
    }

    /// <summary>Makes or links who is new, and gives what their groups give.</summary>
    /// <returns>Null when somebody else was quicker.</returns>
    private async Task<Principal?> TakeInAsync(Principal known, ExternalPerson person, CancellationToken cancellationToken)
    {
        var now = rules.Groups.Apply(known, person.Groups);
        if (await accounts.FindExternalAsync(person.Id, cancellationToken) is null)
        {
            if (await identities.AddPrincipalAsync(now, provider, cancellationToken))
            {
                Log.PrincipalMade(logger, now.Name, now.Id.Value, provider.Id);
            }
            else if ((await identities.LoadAsync(cancellationToken)).Find(now.Id) is null)
            {
                return null; // the name was taken in between
            }

            if (!await accounts.LinkAsync(now.Id, person.Id, provider, cancellationToken))
            {
                return null;
            }
        }

        await identities.UpdatePrincipalAsync(now.Id, principal => rules.Groups.Apply(principal, person.Groups), provider, cancellationToken);
        return now;
    }
}
