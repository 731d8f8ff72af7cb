using System.Collections.Immutable;
using System.Globalization;
using Paddock.Core.Alerts;
using Paddock.Core.Alerts.Detection;
using Paddock.Core.Incidents;

namespace Paddock.Core.Releases;

/// <summary>Reads the <c>spec</c> of an <c>AlertRule</c>: one condition, and whom it tells.</summary>
internal static class AlertRuleSpec
{
    private const string NotLonger = "The short window is part of the long one, and not longer.";
    private const long MostCount = 1_000_000;
    private const decimal MostTimes = 10_000;

    private static readonly string[] severities = ["ticket", "page"];
    private static readonly string[] conditions = ["burn", "spike", "shift", "tail", "burst", "surge", "overspend", "projection", "novelty", "threshold"];
    private static readonly string[] gauges = [.. Gauge.All.Select(static gauge => gauge.Name)];
    private static readonly TimeSpan longestFor = TimeSpan.FromDays(1);

    public static AlertRule? Read(DocumentHead head, Fields spec)
    {
        var severity = (AlertSeverity)(spec.Choice("severity", severities) ?? 0);
        var enabled = spec.Flag("enabled") ?? true;
        var incident = spec.Choice("incident", AlertMatch.Words) ?? (int)IncidentSeverity.Sev2;
        var inhibits = spec.Texts("inhibits");
        foreach (var (text, line, path) in inhibits)
        {
            spec.Place.Refer(DocumentKinds.AlertRule, text, line, path);
        }

        var found = conditions.Where(spec.Has).ToList();
        var read = conditions.Select(name => (name, Condition: Condition(name, spec))).Where(one => found.Count == 1 && one.name == found[0]).Select(static one => one.Condition).FirstOrDefault();
        if (found.Count != 1)
        {
            spec.Place.Fault(spec.Line, spec.Path, $"A rule has one condition; write one of {string.Join(", ", conditions)}.");
        }

        return read is null ? null : new() { Name = head.Name, Owner = head.Owner, Source = NodeText.Of(head, spec.Node), Condition = read, Severity = severity, Incident = incident == 0 ? null : (IncidentSeverity)incident, Enabled = enabled, Inhibits = [.. inhibits.Select(static item => item.Text)] };
    }

    /// <returns>Null when it does not stand there.</returns>
    private static AlertCondition? Condition(string name, Fields spec)
    {
        if (spec.Object(name) is not { } fields)
        {
            return null;
        }

        AlertCondition? condition = name switch
        {
            "burn" => Burn(fields),
            "spike" => new AlertCondition.Spike(new(Count(fields, 10), Times(fields, 5))),
            "shift" => new AlertCondition.Shift(new(Count(fields, 5), Times(fields, 2), Chance(fields, 1e-3))),
            "tail" => new AlertCondition.Tail(new((double)(fields.Decimal("floor", MostTimes) ?? 1), Chance(fields, 1e-4))),
            "burst" => new AlertCondition.Burst(Count(fields, DenialBurst.AtLeast)),
            "overspend" => Overspend(fields),
            "projection" => Projection(fields),
            "novelty" => new AlertCondition.Novelty(fields.Duration("within", TimeSpan.FromMinutes(10), longestFor) ?? TimeSpan.FromHours(1)),
            "threshold" => Threshold(fields),
            _ => new AlertCondition.Surge(new((double)(fields.Decimal("k", 10) ?? 1), (double)(fields.Decimal("h", 1_000) ?? 10))),
        };
        fields.Close();
        return condition;
    }

    private static AlertCondition.Burn? Burn(Fields fields)
    {
        var slo = fields.Reference("slo", DocumentKinds.Slo, required: true);
        var windows = fields.Objects("windows").Select(Window).OfType<BurnWindow>().ToImmutableArray();
        var guard = new BurnGuard(Count(fields, 20));
        return slo is null ? null : new(slo, windows is [] ? BurnWindow.Workbook : windows, guard);
    }

    private static BurnWindow? Window(Fields fields)
    {
        var (least, most) = (TimeSpan.FromMinutes(1), TimeSpan.FromDays(30));
        var (longer, shorter) = (fields.Duration("long", least, most, required: true), fields.Duration("short", least, most, required: true));
        var times = Positive(fields, "times", MostTimes, required: true);
        var severity = (AlertSeverity)(fields.Choice("severity", severities) ?? 0);
        fields.Close();
        if (shorter > longer)
        {
            fields.Fault("short", NotLonger);
            return null;
        }

        return longer is { } l && shorter is { } s && times is { } burn ? new(l, s, (double)burn, severity) : null;
    }

    private static AlertCondition.Overspend? Overspend(Fields fields)
    {
        var (least, usual) = (TimeSpan.FromMinutes(15), SpendWindow.Hour); // spend is kept by the quarter of an hour
        var (longer, shorter) = (fields.Duration("long", least, longestFor) ?? usual.Long, fields.Duration("short", least, longestFor) ?? usual.Short);
        var (budget, times) = (fields.Reference("budget", DocumentKinds.Budget), Times(fields, usual.Burn));
        if (shorter > longer)
        {
            fields.Fault("short", NotLonger);
            return null;
        }

        return new(budget, new(longer, shorter, times));
    }

    private static AlertCondition.Projection Projection(Fields fields) =>
        new(fields.Reference("budget", DocumentKinds.Budget), (double)(Positive(fields, "above", MostTimes) ?? 1.2m), (double)(fields.Decimal("atLeast", 1) ?? 0.1m));

    private static AlertCondition.Threshold? Threshold(Fields fields)
    {
        var gauge = fields.Choice("gauge", gauges, required: true);
        var (above, below) = (fields.Decimal("above", MostCount), fields.Decimal("below", MostCount));
        var within = fields.Duration("for", TimeSpan.Zero, longestFor) ?? TimeSpan.Zero;
        if (above is null == below is null)
        {
            fields.Place.Fault(fields.Line, fields.Path, "A threshold has one limit; write above or below.");
            return null;
        }

        return gauge is { } at ? new(Gauge.All[at], (double?)above, (double?)below, within) : null;
    }

    private static long Count(Fields fields, long usual) => fields.Whole("atLeast", 1, MostCount) ?? usual;

    private static double Times(Fields fields, double usual) => (double)(Positive(fields, "times", MostTimes) ?? (decimal)usual);

    private static double Chance(Fields fields, double usual) => Positive(fields, "chance", 0.5m) is { } chance ? (double)chance : usual;

    /// <summary>A number that is more than nothing: always, or never, is no condition.</summary>
    private static decimal? Positive(Fields fields, string name, decimal most, bool required = false)
    {
        var value = fields.Decimal(name, most, required);
        if (value == 0)
        {
            fields.Fault(name, string.Create(CultureInfo.InvariantCulture, $"Expected a number above 0, up to {most}."));
        }

        return value == 0 ? null : value;
    }
}
