using Paddock.Core.Metrics;

namespace Paddock.Control.Metrics;

/// <summary>Which groups may be shown. A number about few people is a number about each of them.</summary>
internal static class ShownGroups
{
    /// <summary>
    /// Why each is withheld, null where it is not. Taking what is shown from the total leaves what is withheld: so with the groups of too few
    /// people the smallest other one is withheld too, and what is left is about enough people again.
    /// </summary>
    public static IReadOnlyList<string?> Reasons(IReadOnlyList<GroupTally> groups, MetricDimension by, MetricRules rules)
    {
        var reasons = new string?[groups.Count];
        if (by is MetricDimension.Person or MetricDimension.All)
        {
            return reasons;
        }

        var smallest = -1;
        for (var i = 0; i < groups.Count; i++)
        {
            reasons[i] = groups[i].People < rules.MinimumGroup ? GroupView.TooFewPeople : null;
            smallest = reasons[i] is null && (smallest < 0 || SizeOf(groups[i]).CompareTo(SizeOf(groups[smallest])) < 0) ? i : smallest;
        }

        if (smallest >= 0 && reasons.Any(static reason => reason is not null))
        {
            reasons[smallest] = GroupView.WouldTellAnother;
        }

        return reasons;
    }

    /// <summary>The hours or days of a team that may be shown: each is a group of the people of that time, and the total is shown beside them.</summary>
    public static IEnumerable<StretchTally> Stretches(IReadOnlyList<StretchTally> all, MetricRules rules)
    {
        var reasons = Reasons([.. all.Select(static one => new GroupTally("", one.Tally))], MetricDimension.Team, rules);
        return all.Where((_, at) => reasons[at] is null);
    }

    /// <summary>Of those with many people, the one with fewest tasks is the smallest.</summary>
    private static (int People, long Ended) SizeOf(GroupTally group) => (group.People, group.Tally.Ended);
}
