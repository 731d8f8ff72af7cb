using System.Collections.Immutable;
using Paddock.Core.Metrics;

namespace Paddock.Core.Tasks;

/// <summary>Gathers one task's shares, one tally for each hour and place.</summary>
internal sealed class ShareBook
{
    private readonly OrderedDictionary<(DateTimeOffset Hour, MetricPlace Place), Tally> all = [];

    public Tally At(DateTimeOffset at, MetricPlace place)
    {
        var key = (TallyShare.HourOf(at), place);
        if (!all.TryGetValue(key, out var tally))
        {
            all[key] = tally = new();
        }

        return tally;
    }

    public void Add(DateTimeOffset hour, MetricPlace place, Tally tally) => At(hour, place).Add(tally);

    public ImmutableArray<TallyShare> ToShares() => [.. all.Where(static one => !one.Value.IsEmpty).Select(static one => new TallyShare(one.Key.Hour, one.Key.Place, one.Value))];
}
