using Microsoft.Extensions.Logging;
using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <summary>
/// Signs a person in by name and password, where no identity provider does it. From the fifth wrong password in a row the account is locked,
/// for a minute and then each time for twice as long, up to an hour. Each attempt is counted before its password is looked at, and only
/// what is looked at is counted. An address from which many wrong ones come, for whatever names, waits as well.
/// </summary>
public sealed class SignInLocally(IIdentities identities, ISignInStore accounts, IIdentityProvider provider, PasswordHashing passwords, Sessions sessions, TimeProvider time, ILogger<SignInLocally> logger)
{
    /// <summary>Wrong passwords of one address at once: a company behind one address mistypes less often.</summary>
    public const int MostWrong = 30;

    private const int LockFrom = 5, MostDoublings = 6, LongestPassword = 256;

    private static readonly TimeSpan oneMoreWrong = TimeSpan.FromSeconds(10);

    private static readonly Outcome<NewSession> wrong = new Outcome<NewSession>.NotAllowed("Name or password is wrong, or the account is locked for a while after too many wrong ones.");

    private readonly Allowance wrongs = new(MostWrong, oneMoreWrong, time);

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

        var counted = RequestSource.Counted(source);
        if (wrongs.Wait(counted) is { } wait)
        {
            return new Outcome<NewSession>.Conflict($"Too many wrong passwords came from your address. Try again in {Math.Ceiling(wait.TotalSeconds)} seconds.");
        }

        using var turn = await passwords.TakeTurnAsync(source, cancellationToken);
        if (turn is null)
        {
            return new Outcome<NewSession>.Conflict(PasswordHashing.Busy);
        }

        NewSession? session = null;
        try
        {
            session = await InTurnAsync(turn, name, password, source);
        }
        finally
        {
            if (session is null)
            {
                wrongs.TryTake(counted);
            }
        }

        return session is null ? wrong : new Outcome<NewSession>.Done(session);
    }

    /// <summary>Goes on also when whoever asked has hung up: what was counted is told, to the address as well.</summary>
    private async Task<NewSession?> InTurnAsync(PasswordHashing.Turn turn, string name, string password, string? source)
    {
        var cancellationToken = CancellationToken.None;
        var person = FindPrincipal.In(identities.Current, name) is { Kind: PrincipalKind.User, Disabled: false } found ? found : null;
        var account = person is null ? null : await AttemptAsync(person.Id, cancellationToken);
        var verdict = await turn.VerifyAsync(account, password);
        if (account is null || verdict is PasswordVerdict.Wrong)
        {
            if (account?.LockedUntil is { } until)
            {
                await accounts.NoteLockedAsync(account.Principal, until, cancellationToken);
                Log.AccountLocked(logger, account.Principal.Value, account.Failures, until);
            }

            return null;
        }

        var session = await sessions.StartAsync(account.Principal, SessionClient.Console, "Console", source, account.PasswordHash, cancellationToken);
        await accounts.NoteSuccessAsync(account, verdict is PasswordVerdict.RightButWeak ? await turn.HashAsync(password) : null, cancellationToken);
        return session;
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
