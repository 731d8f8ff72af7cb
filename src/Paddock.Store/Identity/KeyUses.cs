using System.Collections.Concurrent;
using Paddock.Core.Identity;

namespace Paddock.Store.Identity;

/// <summary>Last uses of keys, gathered in memory to the minute between two writes.</summary>
internal sealed class KeyUses
{
    private readonly ConcurrentDictionary<KeyId, long> minutes = new();

    /// <summary>Minute of the last use that is not yet written, or was; a key in steady use costs one look-up per call.</summary>
    public void Note(KeyId key, DateTimeOffset at)
    {
        var minute = at.UtcTicks / TimeSpan.TicksPerMinute;
        if (!minutes.TryGetValue(key, out var noted) || noted < minute)
        {
            minutes.AddOrUpdate(key, static (_, now) => now, static (_, before, now) => Math.Max(before, now), minute);
        }
    }

    /// <summary>What was noted since the last time, taken out.</summary>
    public Dictionary<KeyId, DateTimeOffset> Take()
    {
        var taken = new Dictionary<KeyId, DateTimeOffset>();
        foreach (var key in minutes.Keys)
        {
            if (minutes.TryRemove(key, out var minute))
            {
                taken[key] = new(minute * TimeSpan.TicksPerMinute, TimeSpan.Zero);
            }
        }

        return taken;
    }

    /// <summary>Puts back what could not be written.</summary>
    public void Return(Dictionary<KeyId, DateTimeOffset> uses)
    {
        foreach (var (key, at) in uses)
        {
            Note(key, at);
        }
    }
}
