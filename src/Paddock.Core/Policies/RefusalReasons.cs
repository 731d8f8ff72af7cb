namespace Paddock.Core.Policies;

/// <summary>What all refusals for one reason have in common.</summary>
public static class RefusalReasons
{
    /// <summary>Whether the same call would be refused again, for as long as nobody changes anything.</summary>
    public static bool IsFinal(this RefusalReason reason) => reason is not
        (RefusalReason.TooManyBufferedBytes or RefusalReason.LedgerUnavailable or RefusalReason.AuditUnavailable or RefusalReason.ShuttingDown or RefusalReason.Shed or RefusalReason.RequestTimeout
        or RefusalReason.UpstreamUnavailable or RefusalReason.UpstreamTimeout or RefusalReason.UpstreamEncoding or RefusalReason.NotEvaluated or RefusalReason.InternalError);
}
