using Paddock.Core.Policies;

namespace Paddock.Gateway.Decide;

/// <summary>Refusals that several steps give.</summary>
internal static class Refusals
{
    public static Refusal LedgerUnavailable() =>
        new(RefusalReason.LedgerUnavailable, 503, "The ledger cannot take this call, so it was not sent. The operator sees why in /readyz.") { RetryAfter = TimeSpan.FromSeconds(5) };

    public static Refusal ShuttingDown() =>
        new(RefusalReason.ShuttingDown, 503, "This Paddock is stopping; try again shortly.") { RetryAfter = TimeSpan.FromSeconds(2) };

    public static Refusal Revoked() =>
        new(RefusalReason.KeyRevoked, 401, "The key of this call was revoked while it ran.");
}
