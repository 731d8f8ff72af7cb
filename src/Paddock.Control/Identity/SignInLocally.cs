using Microsoft.Extensions.Logging;
using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <summary>
/// Signs a person in by name and password, where no identity provider does it. From the fifth wrong password in a row the account is locked,
/// for a minute and then each time for twice as long, up to an hour: guessing is hopeless, and nobody is locked out for good.
/// </summary>
public sealed class SignInLocally(IIdentityStore identities, ISignInStore accounts, IIdentityProvider provider, PasswordHashing passwords, Sessions sessions, TimeProvider time, ILogger<SignInLocally> logger)
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

        var person = FindPrincipal.In(await identities.LoadAsync(cancellationToken), name) is { Kind: PrincipalKind.User, Disabled: false } found ? found : null;
        var account = person is null ? null : await accounts.FindAccountAsync(person.Id, cancellationToken);
        var now = time.GetUtcNow();
        var isLocked = account?.LockedUntil is { } until && now < until;
        if (await passwords.VerifyAsync(isLocked ? null : account, password, cancellationToken) is not { } verdict)
        {
            return new Outcome<NewSession>.Conflict("Too many people sign in at this moment. Try again in a few seconds.");
        }

        if (person is null || account is null || isLocked)
        {
            return wrong;
        }

        if (verdict is PasswordVerdict.Wrong)
        {
            await CountAsync(account, now, cancellationToken);
            return wrong;
        }

        await accounts.NoteSuccessAsync(person.Id, verdict is PasswordVerdict.RightButWeak ? await passwords.HashAsync(password, cancellationToken) : null, cancellationToken);
        return new Outcome<NewSession>.Done(await sessions.StartAsync(person.Id, SessionClient.Console, "Console", source, cancellationToken));
    }

    private async Task CountAsync(LocalAccount account, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var doublings = Math.Clamp(account.Failures + 1 - LockFrom, 0, MostDoublings);
        var lockUntil = now + TimeSpan.FromMinutes(Math.Min(60, 1 << doublings));
        if (await accounts.NoteFailureAsync(account.Principal, LockFrom, lockUntil, cancellationToken) is { LockedUntil: not null } locked)
        {
            Log.AccountLocked(logger, locked.Principal.Value, locked.Failures, lockUntil);
        }
    }
}
