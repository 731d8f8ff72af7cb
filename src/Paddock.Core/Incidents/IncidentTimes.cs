namespace Paddock.Core.Incidents;

/// <summary>The times by which incidents go.</summary>
public static class IncidentTimes
{
    /// <summary>One that ended may be opened again for so long; what comes later is another.</summary>
    public static readonly TimeSpan Reopen = TimeSpan.FromMinutes(30);

    /// <summary>Releases put in force for so long before an incident began are looked at first.</summary>
    public static readonly TimeSpan Releases = TimeSpan.FromHours(2);

    /// <summary>By when one that a page opened is to be mitigated, when its rule does not say.</summary>
    public static readonly TimeSpan UsualEta = TimeSpan.FromMinutes(60);

    /// <summary>What lasts longer is a project.</summary>
    public static readonly TimeSpan LongestEta = TimeSpan.FromDays(30);

    /// <summary>How often those who wait for it hear something.</summary>
    public static TimeSpan UpdateEvery(IncidentSeverity severity) => TimeSpan.FromMinutes(severity switch
    {
        IncidentSeverity.Sev1 => 30,
        IncidentSeverity.Sev2 => 60,
        IncidentSeverity.Sev3 => 240,
        _ => 1_440,
    });
}
