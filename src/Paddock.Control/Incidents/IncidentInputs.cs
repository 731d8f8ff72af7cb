using System.Collections.Immutable;
using Paddock.Core.Incidents;

namespace Paddock.Control.Incidents;

/// <summary>What is wrong.</summary>
public sealed record OpenIncidentInput
{
    /// <summary>One line of up to 200 characters.</summary>
    public required string Title { get; init; }

    /// <summary>sev1 to sev4.</summary>
    public required string Severity { get; init; }

    /// <summary>From now on, in seconds: when it is to be mitigated. Up to 30 days.</summary>
    public required long EtaSeconds { get; init; }

    /// <summary>A person, by name or id; null = whoever is on call, else whoever asks.</summary>
    public string? Owner { get; init; }

    /// <summary>What is affected, in words; up to 20 of up to 100 characters.</summary>
    public ImmutableArray<string> Scopes { get; init; } = [];

    /// <summary>What developers are shown in their agents; one line of up to 300 characters.</summary>
    public string? Notice { get; init; }
}

/// <summary>One change of an incident.</summary>
public sealed record IncidentChangeInput
{
    /// <summary>ack, assign, eta, severity, update, mitigate, resolve, reopen, close, alert, release, notice.</summary>
    public required string Do { get; init; }

    /// <summary>Why, or what there is to say: up to 2,000 characters. Of a notice one line of up to 300; null = none any more.</summary>
    public string? Text { get; init; }

    /// <summary>To assign: a person, by name or id.</summary>
    public string? Owner { get; init; }

    /// <summary>Of an ETA: from now on, in seconds.</summary>
    public long? EtaSeconds { get; init; }

    /// <summary>sev1 to sev4.</summary>
    public string? Severity { get; init; }

    /// <summary>Id of an alert.</summary>
    public string? Alert { get; init; }

    /// <summary>Digest of a release, or the beginning of it.</summary>
    public string? Release { get; init; }
}

/// <param name="User">A person, by name or id.</param>
/// <param name="ForSeconds">From now on; null = until somebody else is.</param>
public sealed record OnCallInput(string User, long? ForSeconds = null);

/// <summary>The shapes of what is written of incidents.</summary>
internal static class IncidentTexts
{
    public const int LongestTitle = 200, LongestText = 2_000, LongestNotice = 300, LongestScope = 100, MostScopes = 20;

    public const string SeverityRule = "A severity is one of sev1, sev2, sev3, sev4.";

    public const string EtaRule = "An ETA is ahead, and at most 30 days.";

    public const string OwnerRule = "An incident is owned by one person; there is none of this name who is not disabled.";

    /// <summary>Several lines, something in them.</summary>
    public static bool IsText(string? text, int longest) => !string.IsNullOrWhiteSpace(text) && IsShort(text, longest);

    /// <summary>The same, or nothing.</summary>
    public static bool IsShort(string text, int longest) => text.Length <= longest && !text.Any(static letter => char.IsControl(letter) && letter is not ('\n' or '\t'));

    public static IncidentSeverity? SeverityOf(string? text) => text switch { "sev1" => IncidentSeverity.Sev1, "sev2" => IncidentSeverity.Sev2, "sev3" => IncidentSeverity.Sev3, "sev4" => IncidentSeverity.Sev4, _ => null };

    public static bool IsEta(long? seconds) => seconds is > 0 && seconds <= (long)IncidentTimes.LongestEta.TotalSeconds;
}
