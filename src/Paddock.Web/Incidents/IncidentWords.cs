using Paddock.Control.Incidents;
using Paddock.Web.Kit;

namespace Paddock.Web.Incidents;

/// <summary>What incidents' states are called and how they look.</summary>
internal static class IncidentWords
{
    public static readonly IReadOnlyList<(string Value, string Text)> Severities =
        [("sev1", "sev1: everybody is stopped, or something leaks"), ("sev2", "sev2: many are stopped"), ("sev3", "sev3: some are hindered"), ("sev4", "sev4: a nuisance")];

    /// <summary>Seconds from now on.</summary>
    public static readonly IReadOnlyList<(string Value, string Text)> Etas =
        [("900", "15 minutes"), ("1800", "30 minutes"), ("3600", "1 hour"), ("7200", "2 hours"), ("14400", "4 hours"), ("28800", "8 hours"), ("86400", "1 day"), ("259200", "3 days"), ("604800", "7 days")];

    public static bool IsOpen(IncidentView one) => one.Status is "triggered" or "acknowledged" or "mitigated";

    public static bool IsHurting(IncidentView one) => one.Status is "triggered" or "acknowledged";

    public static Tone ToneOf(IncidentView one) => one.Status switch { "resolved" or "closed" => Tone.Good, "mitigated" => Tone.Warn, _ => ToneOf(one.Severity) };

    public static Tone ToneOf(string severity) => severity is "sev1" or "sev2" ? Tone.Bad : Tone.Warn;
}
