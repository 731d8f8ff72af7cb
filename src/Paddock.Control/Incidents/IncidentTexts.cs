using Paddock.Core.Alerts;
using Paddock.Core.Incidents;

namespace Paddock.Control.Incidents;

/// <summary>The shapes of what is written of incidents.</summary>
internal static class IncidentTexts
{
    public const int LongestTitle = 200, LongestText = 2_000, LongestNotice = 300, LongestScope = 100, MostScopes = 20;

    public const string SeverityRule = "A severity is one of sev1, sev2, sev3, sev4.";

    public const string EtaRule = "An ETA is ahead, and at most 30 days.";

    public const string OwnerRule = "An incident is owned by one person; there is none of this name who is not disabled.";

    /// <summary>An alert, as a timeline has it.</summary>
    public static string Of(Alert alert) => $"{alert.Rule}{(alert.Subject.Length == 0 ? "" : " " + alert.Subject)}: {alert.Says}";

    /// <summary>Several lines, something in them.</summary>
    public static bool IsText(string? text, int longest) => !string.IsNullOrWhiteSpace(text) && IsShort(text, longest);

    /// <summary>The same, or nothing.</summary>
    public static bool IsShort(string text, int longest) => text.Length <= longest && !text.Any(static letter => char.IsControl(letter) && letter is not ('\n' or '\t'));

    public static IncidentSeverity? SeverityOf(string? text) => text switch { "sev1" => IncidentSeverity.Sev1, "sev2" => IncidentSeverity.Sev2, "sev3" => IncidentSeverity.Sev3, "sev4" => IncidentSeverity.Sev4, _ => null };

    public static bool IsEta(long? seconds) => seconds is > 0 && seconds <= (long)IncidentTimes.LongestEta.TotalSeconds;
}
