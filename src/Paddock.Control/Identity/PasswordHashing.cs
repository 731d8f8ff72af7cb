using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <summary>
/// Hashes passwords: PBKDF2 with HMAC-SHA-512 and 210,000 rounds (OWASP Password Storage Cheat Sheet), by ASP.NET Core's own hasher, whose hashes
/// name their cost. On half of the processors, few wait, and fewer of one address: guessing takes the machine from nobody, and no address keeps
/// the others out.
/// </summary>
public sealed class PasswordHashing : IDisposable
{
    /// <summary>Who waits or has a turn, in all and of one address.</summary>
    internal const int MostWaiting = 32, MostOfOne = 8;

    internal const string Busy = "Too many people sign in at this moment. Try again in a few seconds.";

    private const int Rounds = 210_000;

    private static readonly LocalAccount nobody = new(default, "", 0, null);

    private readonly PasswordHasher<LocalAccount> hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Rounds }));
    private readonly Lazy<string> nobodys;
    private readonly SemaphoreSlim turns = new(Math.Max(1, Environment.ProcessorCount / 2));
    private readonly Dictionary<string, int> waiting = new(StringComparer.Ordinal);

    public PasswordHashing() => nobodys = new(() => hasher.HashPassword(nobody, "nobody's"));

    public void Dispose() => turns.Dispose();

    /// <summary>Waits for a turn. Whoever has one may hash and verify, and gives it back.</summary>
    /// <param name="source">Address; null when it is not known.</param>
    /// <returns>Null when too many wait.</returns>
    internal async Task<Turn?> TakeTurnAsync(string? source, CancellationToken cancellationToken)
    {
        var counted = RequestSource.Counted(source);
        lock (waiting)
        {
            var before = waiting.GetValueOrDefault(counted);
            if (before >= MostOfOne || waiting.Values.Sum() >= MostWaiting)
            {
                return null;
            }

            waiting[counted] = before + 1;
        }

        try
        {
            await turns.WaitAsync(cancellationToken);
            return new(this, counted);
        }
        catch
        {
            Leave(counted);
            throw;
        }
    }

    private void Leave(string counted)
    {
        lock (waiting)
        {
            if (--waiting[counted] == 0)
            {
                waiting.Remove(counted);
            }
        }
    }

    /// <summary>A turn of somebody.</summary>
    internal sealed class Turn(PasswordHashing hashing, string counted) : IDisposable
    {
        public Task<string> HashAsync(string password) => Task.Run(() => hashing.hasher.HashPassword(nobody, password));

        /// <summary>Whether it is the password of the account. Where there is no account it takes as long, so that nobody learns which names there are.</summary>
        public async Task<PasswordVerdict> VerifyAsync(LocalAccount? account, string password)
        {
            var verdict = await Task.Run(() => hashing.hasher.VerifyHashedPassword(nobody, account?.PasswordHash ?? hashing.nobodys.Value, password));
            return account is null ? PasswordVerdict.Wrong : verdict switch
            {
                PasswordVerificationResult.Success => PasswordVerdict.Right,
                PasswordVerificationResult.SuccessRehashNeeded => PasswordVerdict.RightButWeak,
                _ => PasswordVerdict.Wrong,
            };
        }

        public void Dispose()
        {
            hashing.turns.Release();
            hashing.Leave(counted);
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
