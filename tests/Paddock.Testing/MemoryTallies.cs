using System.Collections.Immutable;
using Paddock.Core.Metrics;

namespace Paddock.Testing;

/// <summary>Tallies in memory, added up anew for each question.</summary>
public sealed class MemoryTallies : ITallies
{
    private readonly List<TallyShare> shares = [];

    /// <summary>Every question that was asked.</summary>
    public List<TallyQuery> Asked { get; } = [];

    /// <summary>Adds something that happened in one hour.</summary>
    public void Add(DateTimeOffset at, MetricPlace place, params ReadOnlySpan<(TaskCount Count, long Number)> counts)
    {
        var tally = new Tally();
        foreach (var (count, number) in counts)
        {
            tally[count] = number;
        }

        tally.People.Add(place.Person);
        shares.Add(new(TallyShare.HourOf(at), place, tally));
    }

    public void Add(TallyShare share) => shares.Add(share);

    public Task<ImmutableArray<GroupTally>> GroupsAsync(TallyQuery query, CancellationToken cancellationToken)
    {
        Asked.Add(query);
        var groups = Fitting(query).GroupBy(static one => one.Group.Value, StringComparer.Ordinal).OrderBy(static group => group.Key, StringComparer.Ordinal)
            .Select(static group => new GroupTally(group.Key, Sum(group.Select(static one => one.Share))));
        return Task.FromResult(groups.ToImmutableArray());
    }

    public Task<ImmutableArray<StretchTally>> SeriesAsync(TallyQuery query, string? value, bool byDay, CancellationToken cancellationToken)
    {
        Asked.Add(query);
        var whole = value is null && query.Team is { } team ? query with { Dimension = MetricDimension.Team, Team = null } : query;
        var series = Fitting(whole).Where(one => (value is null && query.Team is null) || one.Group.Value == (value ?? query.Team))
            .GroupBy(one => byDay ? Day(one.Share.Hour) : one.Share.Hour).OrderBy(static same => same.Key).Select(same => new StretchTally(same.Key, Sum(same.Select(static one => one.Share))));
        return Task.FromResult(series.ToImmutableArray());
    }

    private IEnumerable<(MetricGroup Group, TallyShare Share)> Fitting(TallyQuery query) =>
        from share in shares
        where share.Hour >= query.From && share.Hour < query.Until
        from its in GroupsOf(share)
        where its.Dimension == query.Dimension && its.Team == query.Team
        select (its, share);

    private static IEnumerable<MetricGroup> GroupsOf(TallyShare share) => share.Place.Groups(people: true);

    private static DateTimeOffset Day(DateTimeOffset at) => new(at.UtcDateTime.Date, TimeSpan.Zero);

    private static Tally Sum(IEnumerable<TallyShare> shares)
    {
        var sum = new Tally();
        foreach (var share in shares)
        {
            sum.Add(share.Tally);
        }

        return sum;
    }
}
