namespace Paddock.Control;

/// <summary>How often something may be done by each of those who ask: a bucket each, in this process.</summary>
/// <param name="burst">How often at once.</param>
/// <param name="each">After what time once more.</param>
public sealed class Allowance(int burst, TimeSpan each, TimeProvider time)
{
    private const int ManyBuckets = 10_000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, TimeSpan> fullAt = new(StringComparer.Ordinal);
    private readonly long begun = time.GetTimestamp();
    private int prunesAt = ManyBuckets;

    /// <returns>How long to wait; null when it may be done, and is counted.</returns>
    public TimeSpan? TryTake(string who) => Ask(who, takes: true);

    /// <returns>How long to wait; null when it may be done. Counts nothing.</returns>
    public TimeSpan? Wait(string who) => Ask(who, takes: false);

    private TimeSpan? Ask(string who, bool takes)
    {
        lock (gate)
        {
            var now = time.GetElapsedTime(begun);
            var full = fullAt.TryGetValue(who, out var then) && then > now ? then : now;
            if (full + each - now > burst * each)
            {
                return full + each - now - (burst * each);
            }

            if (takes)
            {
                Prune(now);
                fullAt[who] = full + each;
            }

            return null;
        }
    }

    /// <summary>Takes out the full ones, whenever there are twice as many as after the last time.</summary>
    private void Prune(TimeSpan now)
    {
        if (fullAt.Count < prunesAt)
        {
            return;
        }

        foreach (var (who, _) in fullAt.Where(one => one.Value <= now).ToList())
        {
            fullAt.Remove(who);
        }

        prunesAt = Math.Max(ManyBuckets, 2 * fullAt.Count);
    }
}
