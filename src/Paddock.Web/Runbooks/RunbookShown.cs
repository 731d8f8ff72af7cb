using Paddock.Control.Runbooks;

namespace Paddock.Web.Runbooks;

/// <summary>What stands on the page of a runbook.</summary>
/// <param name="Incidents">Those that are open: id and name.</param>
/// <param name="Asked">What its form was filled with.</param>
internal sealed record RunbookShown(RunbookView Runbook, DrillStatus Drills, IReadOnlyList<RunView> Runs, IReadOnlyList<(string Id, string Name)> Incidents, RunInput Asked)
{
    /// <summary>What a run would do; null when nobody asked.</summary>
    public RunPlan? Plan { get; init; }

    /// <summary>Seconds until the page loads itself anew; null when it does not.</summary>
    public int? Renews { get; init; }

    /// <summary>Whether somebody has stopped that.</summary>
    public bool Still { get; init; }

    public string? Fault { get; init; }
}
