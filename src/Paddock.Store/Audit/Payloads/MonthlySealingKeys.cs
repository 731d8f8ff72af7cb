using System.Security.Cryptography;
using Paddock.Core.Audit;
using Paddock.Core.Audit.Payloads;

namespace Paddock.Store.Audit.Payloads;

/// <summary>
/// The key of the month for commitments in entries, made ahead of its month. Should there be none, because the key store failed, entries are written
/// all the same, sealed by a key that is not kept: their commitments can never be opened, and show nothing.
/// </summary>
internal sealed class MonthlySealingKeys(IKeyStore store) : ISealingKeys
{
    /// <summary>A full disk at the turn of the month must not be noticed by its entries first.</summary>
    private static readonly TimeSpan ahead = TimeSpan.FromDays(3);

    private readonly SealingKey passing = new("none", RandomNumberGenerator.GetBytes(32));
    private volatile Held[] held = [];

    public SealingKey At(DateTimeOffset now)
    {
        var month = MonthOf(now);
        foreach (var one in held)
        {
            if (one.Month == month)
            {
                return one.Key;
            }
        }

        return passing;
    }

    /// <summary>Takes in the keys of this month and of the next one when it is near; also those that took the place of a destroyed one.</summary>
    public async Task PrepareAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var prepared = new List<Held>();
        foreach (var moment in new[] { now, now + ahead }.DistinctBy(MonthOf))
        {
            var key = await store.CurrentAsync(KeyClasses.Names, moment, cancellationToken);
            prepared.Add(held.FirstOrDefault(one => one.Key.Id == key.Id.Value) ?? new(MonthOf(moment), key.ToSealingKey()));
        }

        held = [.. prepared];
    }

    private static int MonthOf(DateTimeOffset time) => (time.UtcDateTime.Year * 12) + time.UtcDateTime.Month;

    private sealed record Held(int Month, SealingKey Key);
}
