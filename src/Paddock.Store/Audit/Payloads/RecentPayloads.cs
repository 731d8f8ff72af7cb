using System.Collections.Concurrent;
using Paddock.Core.Audit.Payloads;

namespace Paddock.Store.Audit.Payloads;

/// <summary>What was kept lately, by a keyed hash of how it came: agents send their history with every turn. Holds neither content nor salts.</summary>
internal sealed class RecentPayloads(TimeProvider time)
{
    private const int Most = 16_384;

    /// <summary>So long another process may have redacted it unnoticed; what is said of it meanwhile leads to nothing.</summary>
    private static readonly TimeSpan age = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, Recent> recent = new(StringComparer.Ordinal);

    public PayloadMark.Kept? Find(byte[] hash) => recent.TryGetValue(Convert.ToHexString(hash), out var one) && time.GetUtcNow() - one.At < age ? one.Mark : null;

    public void Add(byte[] hash, PayloadMark.Kept mark)
    {
        if (recent.Count >= Most)
        {
            recent.Clear(); // rare, and costs look-ups only
        }

        recent[Convert.ToHexString(hash)] = new(mark, time.GetUtcNow());
    }

    public void Forget() => recent.Clear();

    private sealed record Recent(PayloadMark.Kept Mark, DateTimeOffset At);
}
