namespace Paddock.Core.Incidents;

/// <summary>Ids of incidents.</summary>
public static class IncidentId
{
    /// <param name="id">A UUIDv7 of the moment: ids sort by it.</param>
    public static string Of(Guid id) => "inc_" + id.ToString("N");
}
