namespace Paddock.Core.Alerts;

/// <summary>What an alert asks of whoever gets it.</summary>
public enum AlertSeverity
{
    /// <summary>Look at it in working hours.</summary>
    Ticket,

    /// <summary>Look at it now.</summary>
    Page,
}
