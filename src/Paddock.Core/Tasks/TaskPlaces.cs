using System.Collections.Immutable;
using Paddock.Core.Metrics;

namespace Paddock.Core.Tasks;

/// <summary>To which groups a task belongs, and each of its turns.</summary>
internal sealed class TaskPlaces
{
    private readonly Dictionary<string, TurnFact> byId;

    /// <param name="past">Where it belonged while all its facts were there: what those that are left do not say is as it was; null when all are.</param>
    public TaskPlaces(TaskOrigin source, SortedFacts facts, MetricPlace? past)
    {
        byId = facts.Turns.ToDictionary(static turn => turn.Id, StringComparer.Ordinal);
        var work = facts.Turns.FindAll(facts.IsWork);
        Whole = new()
        {
            Teams = work is [.., var last] ? last.Teams : [.. source.Teams.Order(StringComparer.Ordinal)],
            Mode = Most(work.Select(static turn => turn.Mode)) ?? Most(facts.Events.Select(static one => one.Mode)) ?? past?.Mode,
            Provider = Most(work.Select(static turn => turn.Provider)) ?? past?.Provider,
            Model = Most(work.Select(static turn => turn.Model)) ?? Most(facts.Events.Select(static one => one.Signal.Model)) ?? past?.Model,
            Agent = source.Agent,
            Repository = Most(work.Select(static turn => turn.Repository)) ?? Most(facts.Events.Select(static one => one.Signal.Repository)) ?? past?.Repository,
            Release = Most(work.Select(static turn => turn.Release.Length == 0 ? null : turn.Release)) ?? past?.Release,
            Person = source.Principal,
        };
    }

    /// <summary>What most of its turns say.</summary>
    public MetricPlace Whole { get; }

    /// <summary>Where one turn belongs; what it does not say is as in the whole.</summary>
    /// <param name="turn">Null, or one that is not known: the whole.</param>
    public MetricPlace Of(string? turn) => turn is null || !byId.TryGetValue(turn, out var one) ? Whole : Whole with
    {
        Mode = one.Mode ?? Whole.Mode,
        Provider = one.Provider ?? Whole.Provider,
        Model = one.Model ?? Whole.Model,
        Repository = one.Repository ?? Whole.Repository,
        Release = one.Release.Length == 0 ? Whole.Release : one.Release,
    };

    /// <summary>The most frequent; the first of equals, so that what goes to and fro does not move with each turn.</summary>
    private static string? Most(IEnumerable<string?> values) => values.OfType<string>()
        .Select(static (value, place) => (value, place)).GroupBy(static one => one.value, StringComparer.Ordinal)
        .OrderByDescending(static same => same.Count()).ThenBy(static same => same.Min(static one => one.place)).FirstOrDefault()?.Key;
}
