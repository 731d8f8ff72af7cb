using System.Security.Cryptography;
using System.Text;
using Paddock.Core.Metrics;
using Paddock.Store.Dialects;

namespace Paddock.Store.Tasks;

/// <summary>What a fold changes in the tallies, gathered, so that each row is written once.</summary>
internal sealed class TallyBook(DateTimeOffset now)
{
    /// <summary>How long hours are kept, 35 days and the hour in which a window begins that reaches so far back. And days: 400, and that day.</summary>
    public static readonly TimeSpan KeepHours = TimeSpan.FromDays(35) + TimeSpan.FromHours(1), KeepDays = TimeSpan.FromDays(401);

    public Dictionary<TallyKey, Tally> Changes { get; } = [];

    public void Replace(IEnumerable<TallyShare> old, IEnumerable<TallyShare> fresh)
    {
        Add(old, -1);
        Add(fresh, 1);
    }

    private void Add(IEnumerable<TallyShare> shares, int sign)
    {
        foreach (var share in shares)
        {
            var day = DayOf(share.Hour);
            foreach (var group in share.Place.Groups(share.ByPerson))
            {
                Add(new(group, false, share.Hour.ToMicros()), share.Tally, sign, share.Hour > now - KeepHours);
                Add(new(group, true, day), share.Tally, sign, share.Hour > now - KeepDays);
            }
        }
    }

    private void Add(TallyKey key, Tally tally, int sign, bool isKept)
    {
        if (!isKept)
        {
            return;
        }

        if (!Changes.TryGetValue(key, out var sum))
        {
            Changes[key] = sum = new();
        }

        if (sign > 0)
        {
            sum.Add(tally);
        }
        else
        {
            sum.Remove(tally);
        }
    }

    private static long DayOf(DateTimeOffset hour) => new DateTimeOffset(hour.UtcDateTime.Date, TimeSpan.Zero).ToMicros();
}

/// <param name="Bucket">Unix microseconds of its beginning.</param>
internal readonly record struct TallyKey(MetricGroup Group, bool ByDay, long Bucket)
{
    public string Id => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{(int)Group.Dimension}\0{Group.Team}\0{Group.Value}\0{(ByDay ? 'd' : 'h')}\0{Bucket}")).AsSpan(0, 16));
}
