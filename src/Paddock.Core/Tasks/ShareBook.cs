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
            tally.People.Add(place.Person);
        }

        return tally;
    }

    /// <summary>Adds what was counted of the same person.</summary>
    public void Add(DateTimeOffset hour, MetricPlace place, Tally tally)
    {
        var sum = At(hour, place);
        var person = sum.People.Shares.Keys.Single(); // each of its tallies is of one
        sum.Add(tally);
        sum.People.Add(person, 1 - sum.People.Shares[person]);
    }

    public ImmutableArray<TallyShare> ToShares() => [.. all.Where(static one => !one.Value.IsEmpty).Select(static one => new TallyShare(one.Key.Hour, one.Key.Place, one.Value))];
}
