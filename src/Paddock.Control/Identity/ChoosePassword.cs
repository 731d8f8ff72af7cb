using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <summary>Sets the password of whoever holds an invitation. Ends the sessions they had.</summary>
public sealed class ChoosePassword(ISignInStore accounts, PasswordHashing passwords, Pepper pepper, TimeProvider time)
{
    /// <summary>Characters; NIST SP 800-63B rev. 4 §3.1.1.2 asks for 15 where the password stands alone.</summary>
    public const int Shortest = 15, Longest = 256;

    /// <param name="ticket">The invitation's text.</param>
    public async Task<Outcome<PrincipalId>> RunAsync(string ticket, string password, CancellationToken cancellationToken)
    {
        if (password.Length is < Shortest or > Longest)
        {
            return new Outcome<PrincipalId>.Invalid("password", $"A password has {Shortest} to {Longest} characters. A few words that only you would put together are best.");
        }

        if (password.Distinct().Count() < 5)
        {
            return new Outcome<PrincipalId>.Invalid("password", "This password is a few characters again and again.");
        }

        if (!KeyToken.IsSessionSecret(ticket) || await passwords.HashAsync(password, cancellationToken) is not { } hash || await accounts.SetPasswordAsync(KeyHash.Compute(ticket, pepper), hash, time.GetUtcNow(), cancellationToken) is not { } whose)
        {
            return new Outcome<PrincipalId>.NotAllowed("This link was used, or its day is over. Ask for another.");
        }

        return new Outcome<PrincipalId>.Done(whose);
    }
}
