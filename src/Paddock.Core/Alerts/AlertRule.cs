using System.Collections.Immutable;
using Paddock.Core.Alerts.Detection;
using Paddock.Core.Incidents;

namespace Paddock.Core.Alerts;

/// <summary>When somebody is told, as its <c>AlertRule</c> document says.</summary>
public sealed record AlertRule
{
    public required string Name { get; init; }

    /// <summary>Whom to ask: a team, a person, a mailbox.</summary>
    public required string Owner { get; init; }

    public required AlertCondition Condition { get; init; }

    /// <summary>What it asks of whoever gets it; conditions of several windows say it of each.</summary>
    public AlertSeverity Severity { get; init; } = AlertSeverity.Ticket;

    /// <summary>How grave the incident is that a page of it opens; null = it opens none.</summary>
    public IncidentSeverity? Incident { get; init; } = IncidentSeverity.Sev2;

    /// <summary>The document in one spelling; empty when it was read from none.</summary>
    public string Source { get; init; } = "";

    /// <summary>False = the rule rests; how a shipped one is switched off.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Rules whose alerts nobody is told of while an alert of this one is open: they follow from it.</summary>
    public ImmutableArray<string> Inhibits { get; init; } = [];
}

/// <summary>What makes an alert.</summary>
public abstract record AlertCondition
{
    private AlertCondition()
    {
    }

    /// <summary>An error budget burns too fast.</summary>
    /// <param name="Slo">Name of the objective.</param>
    public sealed record Burn(string Slo, ImmutableArray<BurnWindow> Windows, BurnGuard Guard) : AlertCondition;

    /// <summary>A provider refuses its credential much more often than at this time of day in the last week.</summary>
    public sealed record Spike(SpikeBounds Bounds) : AlertCondition;

    /// <summary>Commands of an agent run into their time limit more often than they used to.</summary>
    public sealed record Shift(ShiftBounds Bounds) : AlertCondition;

    /// <summary>An agent calls a tool that changes something much more often than at this time of day.</summary>
    public sealed record Tail(TailBounds Bounds) : AlertCondition;

    /// <summary>One person's agent is refused again and again: somebody, or something, is probing.</summary>
    public sealed record Burst(long AtLeast) : AlertCondition;

    /// <summary>More is spent than at this time of the week.</summary>
    public sealed record Surge(CusumTuning Tuning) : AlertCondition;

    /// <summary>A budget is spent too fast.</summary>
    /// <param name="Budget">The budget that is looked at; null = every budget of teams, by the month or week.</param>
    public sealed record Overspend(string? Budget, SpendWindow Window) : AlertCondition;

    /// <summary>By the end of its month or week a budget will be overspent, if it goes on like this.</summary>
    /// <param name="Budget">As of <see cref="Overspend"/>.</param>
    /// <param name="Above">Times the limit.</param>
    /// <param name="AtLeast">Part of the limit; while less is spent, nothing is told.</param>
    public sealed record Projection(string? Budget, double Above, double AtLeast) : AlertCondition;

    /// <summary>An agent changes something by a tool that it never used for that.</summary>
    /// <param name="Within">How long that is new.</param>
    public sealed record Novelty(TimeSpan Within) : AlertCondition;

    /// <summary>A gauge stands beyond a limit.</summary>
    /// <param name="Above">Met above it; null = there is no such limit. One of the two is said.</param>
    /// <param name="Below">Met below it.</param>
    /// <param name="For">How long without a break before it counts.</param>
    public sealed record Threshold(Gauge Gauge, double? Above, double? Below, TimeSpan For) : AlertCondition
    {
        public double Limit => Above ?? Below ?? 0;

        public bool IsMetBy(double value) => Above is { } most ? value > most : value < Below;
    }
}
