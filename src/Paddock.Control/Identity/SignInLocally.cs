using Microsoft.Extensions.Logging;
using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <summary>
/// Signs a person in by name and password, where no identity provider does it. From the fifth wrong password in a row the account is locked,
/// for a minute and then each time for twice as long, up to an hour. Each attempt is counted before its password is looked at.
/// </summary>
public sealed class SignInLocally(IIdentities identities, ISignInStore accounts, IIdentityProvider provider, PasswordHashing passwords, Sessions sessions, TimeProvider time, ILogger<SignInLocally> logger)
{
    private const int LockFrom = 5, MostDoublings = 6, LongestPassword = 256;

    private static readonly Outcome<NewSession> wrong = new Outcome<NewSession>.NotAllowed("Name or password is wrong, or the account is locked for a while after too many wrong ones.");

    /// <param name="source">Address; null when it is not known.</param>
    public async Task<Outcome<NewSession>> RunAsync(string name, string password, string? source, CancellationToken cancellationToken)
    {
        if (provider.Name is not null)
        {
            return new Outcome<NewSession>.NotAllowed("People sign in by the identity provider here.");
        }

        if (name.Length > 100 || password.Length > LongestPassword)
        {
            return wrong;
        }

        var person = FindPrincipal.In(identities.Current, name) is { Kind: PrincipalKind.User, Disabled: false } found ? found : null;
        var account = person is null ? null : await AttemptAsync(person.Id, cancellationToken);
        if (await passwords.VerifyAsync(account, password, cancellationToken) is not { } verdict)
        {
            return new Outcome<NewSession>.Conflict("Too many people sign in at this moment. Try again in a few seconds.");
        }

        if (account is null || verdict is PasswordVerdict.Wrong)
        {
            if (account?.LockedUntil is { } until)
            {
                await accounts.NoteLockedAsync(account.Principal, until, cancellationToken);
                Log.AccountLocked(logger, account.Principal.Value, account.Failures, until);
            }

            return wrong;
        }

        var session = await sessions.StartAsync(account.Principal, SessionClient.Console, "Console", source, account.PasswordHash, cancellationToken);
        await accounts.NoteSuccessAsync(account, verdict is PasswordVerdict.RightButWeak ? await passwords.HashAsync(password, cancellationToken) : null, cancellationToken);
        return session is null ? wrong : new Outcome<NewSession>.Done(session);
    }

    /// <returns>Null when there is no account, or it is locked.</returns>
    private async Task<LocalAccount?> AttemptAsync(PrincipalId id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var known = await accounts.FindAccountAsync(id, cancellationToken);
        var doublings = Math.Clamp((known?.Failures ?? 0) + 1 - LockFrom, 0, MostDoublings);
        return known is null ? null : await accounts.NoteAttemptAsync(id, LockFrom, now + TimeSpan.FromMinutes(Math.Min(60, 1 << doublings)), now, cancellationToken);
    }
}
