using Paddock.Core.Incidents;

namespace Paddock.Core.Tests.Incidents;

/// <summary>Incidents and postmortems to try rules on.</summary>
internal static class Troubled
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    public static readonly ActionItem Test = new()
    {
        Text = "A release without a route is refused.",
        Owner = "usr_ada",
        Due = Noon.AddDays(7),
        Kind = ActionKind.Test,
        Test = new("RouteTests.None", "run-17", "run-18"),
    };

    /// <summary>All that a grave one needs, and nobody has approved it yet.</summary>
    public static readonly Postmortem Whole = new() { Summary = "Nothing answered.", Impact = "All of payments.", Causes = "A route was missing.", Actions = [Test], Authors = ["usr_ada"] };

    public static Incident New(IncidentSeverity severity = IncidentSeverity.Sev2) => new()
    {
        Id = IncidentId.Of(new Guid(1, 0, 0, new byte[8])),
        Title = "Nothing answers",
        Severity = severity,
        Owner = "usr_ada",
        Eta = Noon.AddHours(1),
        CreatedBy = "usr_eve",
        BeganAt = Noon,
        UpdatedAt = Noon,
        ChangedAt = Noon,
    };

    public static Incident Resolved(IncidentSeverity severity = IncidentSeverity.Sev2, Postmortem? postmortem = null) =>
        New(severity) with { Status = IncidentStatus.Resolved, ResolvedAt = Noon.AddMinutes(50), Postmortem = postmortem };
}
