using System.Collections.Immutable;
using Paddock.Control.Identity;
using Paddock.Core.Identity;
using Paddock.Core.Metrics;
using Paddock.Core.Releases;

namespace Paddock.Control.Metrics;

/// <summary>Which numbers.</summary>
public sealed record MetricsInput
{
    /// <summary>1h, 24h, 7d or 30d; null = 7d, unless a moment is said.</summary>
    public string? Window { get; init; }

    /// <summary>Instead of a window: from when.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Up to when; null = now.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>team, mode, provider, model, agent, repository, release or person; null = not cut.</summary>
    public string? By { get; init; }

    /// <summary>Only what this team has.</summary>
    public string? Team { get; init; }

    /// <summary>With a point for each hour or day.</summary>
    public bool Series { get; init; }
}

/// <summary>Shows the five numbers of a window, of all and cut as asked. Reads tallies, never tasks.</summary>
public sealed class ShowMetrics(ITallies tallies, IReleaseStore releases, IIdentities identities, MetricRules rules, TimeProvider time)
{
    /// <summary>Tallies are kept for as long.</summary>
    private const int KeptDays = 400;

    private static readonly ImmutableArray<string> dimensions = MetricDimensions.Names[1..];

    public async Task<Outcome<MetricsView>> RunAsync(Actor actor, MetricsInput input, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Viewer))
        {
            return new Outcome<MetricsView>.Forbidden(ControlRoles.Viewer);
        }

        var by = input.By is { } name ? MetricDimensions.Parse(name) : MetricDimension.All;
        if (Fault(input, by) is { } fault)
        {
            return fault;
        }

        var now = time.GetUtcNow();
        var window = input.From is { } from ? MetricWindow.Between(from, input.Until ?? now, now) : MetricWindow.Of(input.Window ?? MetricWindow.Usual, now);
        return window switch
        {
            null => new Outcome<MetricsView>.Invalid("window", $"window is none of {string.Join(", ", MetricWindow.Names)}."),
            _ when window.From < now.AddDays(-KeptDays - 1) || window.From >= window.Until => new Outcome<MetricsView>.Invalid("from", $"from lies before until, and at most {KeptDays} days back: numbers are not kept for longer."),
            _ when input.Team is { } team && !await ExistsAsync(team, window, cancellationToken) => new Outcome<MetricsView>.NotFound("There is no such team."),
            _ => new Outcome<MetricsView>.Done(await ViewAsync(input, window, by ?? MetricDimension.All, cancellationToken)),
        };
    }

    private Outcome<MetricsView>.Invalid? Fault(MetricsInput input, MetricDimension? by) => input switch
    {
        { By: not null } when by is null or MetricDimension.All => new("by", $"by is none of {string.Join(", ", dimensions)}."),
        _ when by is MetricDimension.Person && !rules.ByPerson => new("by", "Numbers of single people are off. The setting metrics.byPerson turns them on, from then on."),
        { Window: not null, From: not null } or { Window: not null, Until: not null } => new("window", "Say a window, or from and until, not both."),
        { From: null, Until: not null } => new("from", "until takes a from."),
        { Team: { } team } when !Names.IsLabel(team, 100) => new("team", "A team's name is one line of 1 to 100 characters."),
        _ => null,
    };

    private async Task<bool> ExistsAsync(string team, MetricWindow window, CancellationToken cancellationToken) =>
        identities.Current.Principals.Any(one => one.Teams.Contains(team)) || (await TeamsAsync(window, cancellationToken)).Any(one => one.Value == team);

    private Task<ImmutableArray<GroupTally>> TeamsAsync(MetricWindow window, CancellationToken cancellationToken) => tallies.GroupsAsync(window.Query(MetricDimension.Team, null), cancellationToken);

    private async Task<MetricsView> ViewAsync(MetricsInput input, MetricWindow window, MetricDimension by, CancellationToken cancellationToken)
    {
        var total = input.Team is { } team ? await OfTeamAsync(team, window, cancellationToken) : await OfAllAsync(window, cancellationToken);
        var isShown = total.Withheld is null;
        return new(
            window.From, window.Until, input.From is null ? input.Window ?? MetricWindow.Usual : null, input.By, input.Team, rules.MinimumGroup, total,
            isShown && by is not MetricDimension.All ? await GroupsAsync(window.Query(by, input.Team), cancellationToken) : [], await ConfigurationAsync(window, cancellationToken),
            isShown && input.Series ? await SeriesAsync(window, input.Team, cancellationToken) : null);
    }

    private async Task<GroupView> OfAllAsync(MetricWindow window, CancellationToken cancellationToken)
    {
        var found = await tallies.GroupsAsync(window.Query(MetricDimension.All, null), cancellationToken);
        return new("", "all", null, null, FiguresView.Of(found.IsEmpty ? new() : found[0].Tally));
    }

    /// <summary>A team is withheld here when it is among all teams.</summary>
    private async Task<GroupView> OfTeamAsync(string team, MetricWindow window, CancellationToken cancellationToken)
    {
        var teams = await TeamsAsync(window, cancellationToken);
        var at = teams.Select(static one => one.Value).ToList().IndexOf(team);
        return at < 0
            ? new(team, team, 0, null, FiguresView.Of(new()))
            : ViewOf(MetricDimension.Team, teams[at], ShownGroups.Reasons(teams, MetricDimension.Team, rules)[at]);
    }

    private async Task<IReadOnlyList<GroupView>> GroupsAsync(TallyQuery query, CancellationToken cancellationToken)
    {
        var groups = await tallies.GroupsAsync(query, cancellationToken);
        var reasons = ShownGroups.Reasons(groups, query.Dimension, rules);
        return
        [
            .. groups.Select((group, at) => (group.Tally.Ended, View: ViewOf(query.Dimension, group, reasons[at])))
                .OrderBy(static one => one.View.Withheld is not null).ThenByDescending(static one => one.View.Withheld is null ? one.Ended : 0).ThenBy(static one => one.View.Value, StringComparer.Ordinal)
                .Select(static one => one.View),
        ];
    }

    private GroupView ViewOf(MetricDimension dimension, GroupTally group, string? withheld) =>
        new(group.Value, NameOf(dimension, group.Value), group.People, withheld, withheld is null ? FiguresView.Of(group.Tally) : null);

    private string NameOf(MetricDimension dimension, string value) => (dimension, value) switch
    {
        (MetricDimension.Team, "") => "no team",
        (_, "") => "not said",
        (MetricDimension.Person, _) => FindPrincipal.In(identities.Current, value)?.Name ?? value,
        _ => value,
    };

    private async Task<EstimateView> ConfigurationAsync(MetricWindow window, CancellationToken cancellationToken)
    {
        var activations = await releases.ActivationsAsync(window.From, window.Until, cancellationToken);
        return EstimateView.Of(Estimate.Share(activations.Count(static one => one.IsReturn), activations.Length));
    }

    private async Task<IReadOnlyList<PointView>> SeriesAsync(MetricWindow window, string? team, CancellationToken cancellationToken)
    {
        var found = await tallies.SeriesAsync(window.Query(MetricDimension.All, team), null, window.ByDay, cancellationToken);
        var shown = (team is null ? found : ShownGroups.Stretches(found, rules)).ToDictionary(static one => one.Start, static one => one.Tally);
        return [.. window.Stretches().Select(at => PointView.Of(at, shown.GetValueOrDefault(at) ?? new()))];
    }
}
