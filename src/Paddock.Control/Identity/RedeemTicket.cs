using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <summary>Changes an extension's ticket for a session. The ticket is used up, whatever becomes of it.</summary>
public sealed class RedeemTicket(ISignInStore accounts, Sessions sessions, Pepper pepper, TimeProvider time)
{
    /// <param name="source">Address; null when it is not known.</param>
    public async Task<Outcome<NewSession>> RunAsync(string ticket, string? source, CancellationToken cancellationToken)
    {
        var taken = KeyToken.IsSessionSecret(ticket) ? await accounts.TakeTicketAsync(KeyHash.Compute(ticket, pepper), TicketKind.Extension, time.GetUtcNow(), cancellationToken) : null;
        return taken?.Principal is { } id && await sessions.StartAsync(id, SessionClient.Extension, taken.Client, source, passwordHash: null, cancellationToken) is { } made
            ? new Outcome<NewSession>.Done(made)
            : new Outcome<NewSession>.NotAllowed("This ticket is unknown, used, or older than a minute.");
    }
}
