using System.Security.Cryptography;
using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <summary>What an agent asks of whoever sits at the browser.</summary>
/// <param name="What">Which agent in which editor, as people know it.</param>
/// <param name="State">The agent's own; one that was used is not taken again.</param>
public sealed record SessionRequest(SessionClient Client, string What, string State);

/// <summary>What the browser takes back to the agent.</summary>
/// <param name="Code">For an extension a ticket that is good for a minute and once; for the command line the token itself.</param>
public sealed record SessionGrant(Secret Code, string? Organization, DateTimeOffset ExpiresAt);

/// <summary>A person who has signed in lets an agent act in their name.</summary>
public sealed class GrantSession(ISignInStore accounts, Sessions sessions, IIdentities identities, IOrganization organization, Pepper pepper, TimeProvider time)
{
    private static readonly TimeSpan ticketLasts = TimeSpan.FromSeconds(60);

    /// <param name="source">Address; null when it is not known.</param>
    public async Task<Outcome<SessionGrant>> RunAsync(Actor actor, SessionRequest asked, string? source, CancellationToken cancellationToken)
    {
        if (PersonSignedIn.Of(actor, identities.Current, time.GetUtcNow()) is not { } person)
        {
            return new Outcome<SessionGrant>.NotAllowed(PersonSignedIn.Rule);
        }

        var (now, secret) = (time.GetUtcNow(), KeyToken.CreateSessionSecret(RandomNumberGenerator.GetBytes(40)));
        var isTicket = asked.Client is SessionClient.Extension;
        var ticket = new SignInTicket
        {
            Hash = KeyHash.Compute(secret.Reveal(), pepper),
            Kind = TicketKind.Extension,
            Principal = person.Id,
            Code = StateOf(asked),
            Client = asked.What,
            ExpiresAt = now + ticketLasts,
        };
        if (!await accounts.AddTicketAsync(ticket, now, cancellationToken))
        {
            return new Outcome<SessionGrant>.Conflict("This sign-in was used already. Begin again in the editor.");
        }

        var org = await organization.IdAsync(cancellationToken);
        if (isTicket)
        {
            return new Outcome<SessionGrant>.Done(new(secret, org, ticket.ExpiresAt));
        }

        if (await sessions.StartAsync(person.Id, asked.Client, asked.What, source, passwordHash: null, cancellationToken) is not { } made)
        {
            return new Outcome<SessionGrant>.NotAllowed(PersonSignedIn.Rule);
        }

        return new Outcome<SessionGrant>.Done(new(sessions.Issue(made.Session, org, made.Session.ExpiresAt).Token, org, made.Session.ExpiresAt ?? now));
    }

    /// <summary>Two agents may choose the same state; one may not use it twice.</summary>
    private string StateOf(SessionRequest asked)
    {
        Span<byte> hash = stackalloc byte[32];
        pepper.Hash(System.Text.Encoding.UTF8.GetBytes($"paddock sign-in state\n{asked.Client}\n{asked.What}\n{asked.State}"), hash);
        return Convert.ToHexStringLower(hash);
    }
}
