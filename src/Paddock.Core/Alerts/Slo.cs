namespace Paddock.Core.Alerts;

/// <summary>What an objective is about. The name in lower case is what documents write.</summary>
public enum SloSubject
{
    /// <summary>Calls at each provider: see <see cref="Signal.ProviderTries"/>.</summary>
    Provider,

    /// <summary>Calls by the model or route that they asked for: see <see cref="Signal.RouteCalls"/>.</summary>
    Route,
}

/// <summary>A service level objective over 30 days, as its <c>Slo</c> document says.</summary>
/// <param name="Objective">Share of good events that is promised: above 0, below 1.</param>
public sealed record Slo(string Name, string Owner, SloSubject Of, double Objective)
{
    /// <summary>The document in one spelling; empty when it was read from none.</summary>
    public string Source { get; init; } = "";

    public Signal Signal => Of is SloSubject.Provider ? Signal.ProviderTries : Signal.RouteCalls;
}
