using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <summary>
/// Hashes passwords: PBKDF2 with HMAC-SHA-512 and 210,000 rounds (OWASP Password Storage Cheat Sheet), by ASP.NET Core's own hasher, whose hashes
/// name their cost. Two at once, and few wait: guessing must not take the processor from those who work.
/// </summary>
public sealed class PasswordHashing : IDisposable
{
    private const int Rounds = 210_000;
    private const int AtOnce = 2, MostWaiting = 32;

    private static readonly PasswordHasher<LocalAccount> hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Rounds }));
    private static readonly LocalAccount nobody = new(default, "", 0, null);
    private static readonly Lazy<string> nobodys = new(() => hasher.HashPassword(nobody, "nobody's"));

    private readonly SemaphoreSlim turns = new(AtOnce);
    private int waiting;

    public void Dispose() => turns.Dispose();

    internal Task<string?> HashAsync(string password, CancellationToken cancellationToken) => InTurnAsync(() => hasher.HashPassword(nobody, password), cancellationToken);

    /// <summary>Whether it is the password of the account. Where there is no account it takes as long, so that nobody learns which names there are.</summary>
    /// <returns>Null when too many wait.</returns>
    internal async Task<PasswordVerdict?> VerifyAsync(LocalAccount? account, string password, CancellationToken cancellationToken)
    {
        var verdict = await InTurnAsync(() => hasher.VerifyHashedPassword(nobody, account?.PasswordHash ?? nobodys.Value, password).ToString(), cancellationToken);
        return verdict is null ? null : account is null ? PasswordVerdict.Wrong : Enum.Parse<PasswordVerificationResult>(verdict) switch
        {
            PasswordVerificationResult.Success => PasswordVerdict.Right,
            PasswordVerificationResult.SuccessRehashNeeded => PasswordVerdict.RightButWeak,
            _ => PasswordVerdict.Wrong,
        };
    }

    private async Task<string?> InTurnAsync(Func<string> work, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref waiting);
            return null;
        }

        try
        {
            await turns.WaitAsync(cancellationToken);
            try
            {
                return await Task.Run(work, cancellationToken);
            }
            finally
            {
                turns.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }
}

internal enum PasswordVerdict
{
    Right,

    /// <summary>Right, and hashed at less cost than today's.</summary>
    RightButWeak,
    Wrong,
}
