namespace Paddock.Core.Incidents;

/// <summary>Ids of incidents.</summary>
public static class IncidentId
{
    /// <summary>Where the console shows them.</summary>
    public const string Path = "/incidents";

    /// <param name="id">A UUIDv7 of the moment: ids sort by it.</param>
    public static string Of(Guid id) => "inc_" + id.ToString("N");

    /// <summary>Of the incident that an alert opens: whoever opens it, and however often, it is one.</summary>
    /// <param name="alert"><c>alr_…</c>.</param>
    public static string OfAlert(string alert) => "inc_" + alert[(alert.IndexOf('_', StringComparison.Ordinal) + 1)..];
}
