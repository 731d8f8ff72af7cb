using System.Collections.Immutable;

namespace Paddock.Core.Metrics;

/// <summary>Which tallies.</summary>
/// <param name="Dimension">How they are cut.</param>
/// <param name="Team">Only what this team has; null = all.</param>
/// <param name="From">From the beginning of this hour (UTC).</param>
/// <param name="Until">Up to the beginning of this hour. Stretches of whole days (UTC) are read as days; hours are kept for 35 days, days for 400.</param>
public sealed record TallyQuery(MetricDimension Dimension, string? Team, DateTimeOffset From, DateTimeOffset Until);

/// <summary>The tally of one group.</summary>
/// <param name="Value">The group; empty where tasks say nothing.</param>
public sealed record GroupTally(string Value, Tally Tally)
{
    /// <summary>How many different people it is of; <see cref="PeopleCount.Many"/> = so many or more.</summary>
    public int People => Tally.People.Count;
}

/// <summary>The tally of all groups together in one stretch of time.</summary>
public sealed record StretchTally(DateTimeOffset Start, Tally Tally);

/// <summary>Reads what tasks came to, without looking at tasks.</summary>
public interface ITallies
{
    /// <summary>One for each group, by value.</summary>
    Task<ImmutableArray<GroupTally>> GroupsAsync(TallyQuery query, CancellationToken cancellationToken);

    /// <summary>One for each hour, or day (UTC), in which there was anything, oldest first.</summary>
    /// <param name="value">Of this group alone; null = of the whole (<see cref="MetricDimension.All"/>), or of all that the team has.</param>
    /// <param name="byDay">Days, else hours.</param>
    Task<ImmutableArray<StretchTally>> SeriesAsync(TallyQuery query, string? value, bool byDay, CancellationToken cancellationToken);
}
