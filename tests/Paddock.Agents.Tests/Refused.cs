using Paddock.Core.Policies;

namespace Paddock.Agents.Tests;

/// <summary>Refusals as the gateway gives them.</summary>
internal static class Refused
{
    public static readonly Refusal Budget = new(RefusalReason.BudgetExceeded, 429, "The budget is used up.") { RetryAfter = TimeSpan.FromHours(3) };

    public static readonly Refusal Model = new(RefusalReason.ModelNotAllowed, 403, "You may not use this model.");

    public static readonly Refusal Key = new(RefusalReason.KeyRevoked, 401, "This key was revoked.");

    public static readonly Refusal Upstream = new(RefusalReason.UpstreamUnavailable, 502, "No provider answered.");

    public static TheoryData<RefusalReason> Passing =>
        [RefusalReason.UpstreamUnavailable, RefusalReason.UpstreamTimeout, RefusalReason.LedgerUnavailable, RefusalReason.AuditUnavailable, RefusalReason.ShuttingDown, RefusalReason.Shed, RefusalReason.TooManyBufferedBytes, RefusalReason.RequestTimeout];

    public static void ShouldSayThatRetryingIsUseless(RefusalDress dress) => dress.Headers.ShouldContain(new KeyValuePair<string, string>("x-should-retry", "false"));
}
