namespace Paddock.Agents.RooCode.Tasks;

/// <summary>How many events a person's clients may send: a bucket each, in this process. An agent that works makes one or two in a second.</summary>
internal sealed class EventAllowance(TimeProvider time)
{
    /// <summary>Events at once: two whole queues of a client that was cut off, which it sends one after the other.</summary>
    public const int Burst = 200;

    public const int PerSecond = 20;

    /// <summary>Buckets beyond these are looked through for full ones.</summary>
    private const int ManyBuckets = 10_000;

    private static readonly TimeSpan each = TimeSpan.FromSeconds(1) / PerSecond;

    private readonly Lock gate = new();
    private readonly Dictionary<string, TimeSpan> fullAt = new(StringComparer.Ordinal);
    private readonly long begun = time.GetTimestamp();

    /// <returns>How long to wait; null when the event may come in.</returns>
    public TimeSpan? TryTake(string principal)
    {
        lock (gate)
        {
            var now = time.GetElapsedTime(begun);
            var full = fullAt.TryGetValue(principal, out var then) && then > now ? then : now;
            if (full + each - now > Burst * each)
            {
                return full + each - now - (Burst * each);
            }

            Prune(now);
            fullAt[principal] = full + each;
            return null;
        }
    }

    private void Prune(TimeSpan now)
    {
        if (fullAt.Count < ManyBuckets)
        {
            return;
        }

        foreach (var (principal, _) in fullAt.Where(one => one.Value <= now).ToList())
        {
            fullAt.Remove(principal);
        }
    }
}
