using System.Collections.Immutable;
using Paddock.Core.Alerts;

namespace Paddock.Core.Releases;

/// <summary>The objectives and alert rules of <c>examples/alerts</c>. They hold where a release has none of the same name.</summary>
public static class ShippedAlerts
{
    private static readonly Lazy<ReleaseContent> shipped = new(static () => ReleaseLoader.Shipped("alerts/"));

    public static ImmutableArray<Slo> Slos => shipped.Value.Slos;

    public static ImmutableArray<AlertRule> Rules => shipped.Value.AlertRules;

    /// <summary>All that hold: a release's own, and of the shipped ones those that it does not replace.</summary>
    public static ImmutableArray<Slo> InForce(IReadOnlyCollection<Slo> own) => [.. own, .. Slos.Where(one => own.All(other => other.Name != one.Name))];

    /// <inheritdoc cref="InForce(IReadOnlyCollection{Slo})"/>
    public static ImmutableArray<AlertRule> InForce(IReadOnlyCollection<AlertRule> own) => [.. own, .. Rules.Where(one => own.All(other => other.Name != one.Name))];

    /// <summary>Names that a release may refer to although it does not have them.</summary>
    internal static IEnumerable<string> Names(string kind) => kind switch
    {
        DocumentKinds.Slo => Slos.Select(static one => one.Name),
        DocumentKinds.AlertRule => Rules.Select(static one => one.Name),
        _ => [],
    };
}
