using System.Globalization;

namespace Paddock.Core.Runbooks;

/// <summary>What is measured.</summary>
public enum Probe
{
    /// <summary>Share of a provider's tries that it answered well.</summary>
    ProviderSuccess,

    /// <summary>Share of a route's calls that some provider answered.</summary>
    RouteSuccess,

    /// <summary>Share of an agent's commands that ended in time.</summary>
    CommandsInTime,

    /// <summary>Tool calls that changed something, by agent and tool.</summary>
    Mutations,

    /// <summary>Open alerts of a rule.</summary>
    OpenAlerts,
}

/// <summary>Something that must be so.</summary>
/// <param name="Of">The subject, with parameters; null = all together.</param>
/// <param name="Over">The window that is looked at, in whole minutes.</param>
/// <param name="Events">With fewer in the window nothing can be said of a share.</param>
/// <param name="After">How long after the step it is looked at first.</param>
/// <param name="Again">How long after a look that did not find it so the next one comes.</param>
public sealed record Check(Probe Measure, string? Of, TimeSpan Over, double? AtLeast, double? AtMost, long Events, TimeSpan After, TimeSpan Again)
{
    /// <summary>Looks that can say nothing before the step counts as failed.</summary>
    public const int MostUnknown = 10;

    /// <param name="value">As measured; null when too little happened.</param>
    public CheckOutcome Judge(double? value) => value is not { } found
        ? new(Verdict.Unknown, $"{Name} cannot be told yet: too little happened in {Over.TotalMinutes:0} min.")
        : new(
            (AtLeast is not { } least || found >= least) && (AtMost is not { } most || found <= most) ? Verdict.Good : Verdict.Bad,
            string.Create(CultureInfo.InvariantCulture, $"{Name} is {found:0.###} over {Over.TotalMinutes:0} min; wanted {Wanted}."));

    /// <summary>In words: what, within which limits, and when it is looked at.</summary>
    public string Says => string.Create(CultureInfo.InvariantCulture, $"{Name} {Wanted} over {Show(Over)}{(After > TimeSpan.Zero ? $", first {Show(After)} after the step" : "")}, then every {Show(Again)}");

    private string Name => Probes.NameOf(Measure) + (Of is null ? "" : $" of {Of}");

    private string Wanted => string.Create(CultureInfo.InvariantCulture, $"{(AtLeast is { } least ? $"at least {least}" : "")}{(AtLeast is not null && AtMost is not null ? " and " : "")}{(AtMost is { } most ? $"at most {most}" : "")}");

    private static string Show(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{(span.TotalMinutes >= 1 ? span.TotalMinutes : span.TotalSeconds):0.#} {(span.TotalMinutes >= 1 ? "min" : "s")}");
}

/// <summary>What a look at a step came to.</summary>
public enum Verdict
{
    Unknown,
    Good,
    Bad,
}

/// <param name="Says">One sentence, with the number.</param>
public sealed record CheckOutcome(Verdict Verdict, string Says);

/// <summary>Measures as documents write them.</summary>
public static class Probes
{
    /// <summary>In the order of <see cref="Probe"/>.</summary>
    public static readonly IReadOnlyList<string> Names = ["provider_success", "route_success", "commands_in_time", "mutations", "open_alerts"];

    public static string NameOf(Probe probe) => Names[(int)probe];

    /// <summary>Whether it is between 0 and 1.</summary>
    public static bool IsShare(Probe probe) => probe is Probe.ProviderSuccess or Probe.RouteSuccess or Probe.CommandsInTime;
}
