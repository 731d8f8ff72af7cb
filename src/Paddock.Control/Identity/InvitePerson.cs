using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <summary>A link by which somebody chooses a password, or shows who they are at the identity provider; once.</summary>
/// <param name="Path">Path and query below the console's address.</param>
public sealed record Invitation(string User, string Path, DateTimeOffset ExpiresAt);

/// <summary>
/// Lets a person have a local account, or choose another password: nobody but the person ever knows it. Where an identity provider signs people
/// in, whoever comes back from it by the link is that person from then on.
/// </summary>
public sealed class InvitePerson(IIdentityStore identities, ISignInStore accounts, IIdentityProvider provider, Pepper pepper, TimeProvider time, ILogger<InvitePerson> logger)
{
    public const string Page = "/sign-in/password", ProviderPage = "/sign-in/provider";

    private static readonly TimeSpan lasts = TimeSpan.FromDays(1);

    /// <param name="user">Name or id.</param>
    public async Task<Outcome<Invitation>> RunAsync(Actor actor, string user, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Identity))
        {
            return new Outcome<Invitation>.Forbidden(ControlRoles.Identity);
        }

        var directory = await identities.LoadAsync(cancellationToken);
        if (FindPrincipal.In(directory, user) is not { } person)
        {
            return new Outcome<Invitation>.NotFound("There is no such user.");
        }

        if (person.Kind is not PrincipalKind.User || person.Disabled)
        {
            return new Outcome<Invitation>.Conflict("Only people who are not disabled sign in.");
        }

        var now = time.GetUtcNow();
        if (!actor.May(directory.RolesOf(person, now)))
        {
            return new Outcome<Invitation>.Forbidden(directory.RolesOf(person, now)); // whoever has the link is that person
        }

        var text = KeyToken.CreateSessionSecret(RandomNumberGenerator.GetBytes(40)).Reveal();
        await accounts.AddTicketAsync(
            new() { Hash = KeyHash.Compute(text, pepper), Kind = TicketKind.Invitation, Principal = person.Id, Client = "Invitation", ExpiresAt = now + lasts }, now, cancellationToken);
        Log.PersonInvited(logger, person.Id.Value, actor.Id, now + lasts);
        return new Outcome<Invitation>.Done(new(person.Name, $"{(provider.Name is null ? Page : ProviderPage)}?ticket={text}", now + lasts));
    }
}
