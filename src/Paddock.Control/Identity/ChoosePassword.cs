using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <summary>Sets the password of whoever holds an invitation. Ends the sessions they had.</summary>
public sealed class ChoosePassword(ISignInStore accounts, PasswordHashing passwords, Pepper pepper, TimeProvider time)
{
    /// <summary>Characters; NIST SP 800-63B rev. 4 §3.1.1.2 asks for 15 where the password stands alone.</summary>
    public const int Shortest = 15, Longest = 256;

    private static readonly Outcome<PrincipalId> gone = new Outcome<PrincipalId>.NotAllowed("This link was used, or its day is over. Ask for another.");

    /// <param name="ticket">The invitation's text.</param>
    /// <param name="source">Address; null when it is not known.</param>
    public async Task<Outcome<PrincipalId>> RunAsync(string ticket, string password, string? source, CancellationToken cancellationToken)
    {
        if (password.Length is < Shortest or > Longest)
        {
            return new Outcome<PrincipalId>.Invalid("password", $"A password has {Shortest} to {Longest} characters. A few words that only you would put together are best.");
        }

        if (password.Distinct().Count() < 5)
        {
            return new Outcome<PrincipalId>.Invalid("password", "This password is a few characters again and again.");
        }

        // Only who has one takes a turn: without, nobody keeps those waiting who sign in.
        if (!KeyToken.IsSessionSecret(ticket) || KeyHash.Compute(ticket, pepper) is var hash && !await accounts.IsGoodAsync(hash, TicketKind.Invitation, time.GetUtcNow(), cancellationToken))
        {
            return gone;
        }

        using var turn = await passwords.TakeTurnAsync(source, cancellationToken);
        if (turn is null)
        {
            return new Outcome<PrincipalId>.Conflict(PasswordHashing.Busy);
        }

        return await accounts.SetPasswordAsync(hash, await turn.HashAsync(password), time.GetUtcNow(), cancellationToken) is { } whose
            ? new Outcome<PrincipalId>.Done(whose)
            : gone;
    }
}
