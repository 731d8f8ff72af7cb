using System.Collections.Frozen;
using System.Collections.Immutable;
using Paddock.Core.Models;

namespace Paddock.Core.Mitigations;

/// <summary>Routes in the order that mitigations ask for. None loses a target: what is asked last is still there when all others fail.</summary>
internal static class MitigatedRoutes
{
    public static FrozenDictionary<string, ModelRoute> Of(FrozenDictionary<string, ModelRoute> routes, MitigationSet set)
    {
        var avoided = set.Of<Measure.AvoidProvider>().Select(static one => one.Measure.Provider).ToHashSet(StringComparer.Ordinal);
        var preferred = set.Of<Measure.PreferProvider>().GroupBy(static one => one.Measure.Route, StringComparer.Ordinal).ToDictionary(static same => same.Key, static same => same.Last().Measure.Provider, StringComparer.Ordinal);
        return avoided.Count == 0 && preferred.Count == 0
            ? routes
            : routes.Values.Select(route => route with { Targets = Order(route.Targets, avoided, preferred.GetValueOrDefault(route.Name)) }).ToFrozenDictionary(static route => route.Name, StringComparer.Ordinal);
    }

    /// <summary>A stable sort: within a rank the document's order stays.</summary>
    private static ImmutableArray<RouteTarget> Order(ImmutableArray<RouteTarget> targets, HashSet<string> avoided, string? first) =>
        [.. targets.OrderBy(target => target.Provider == first ? 0 : avoided.Contains(target.Provider) ? 2 : 1)];
}
