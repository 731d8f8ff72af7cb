namespace Paddock.Core.Alerts;

/// <summary>Ids of alerts and silences.</summary>
public static class AlertId
{
    /// <param name="at">Ids sort by it.</param>
    public static string OfAlert(DateTimeOffset at) => "alr_" + Guid.CreateVersion7(at).ToString("N");

    public static string OfSilence(DateTimeOffset at) => "sil_" + Guid.CreateVersion7(at).ToString("N");
}
