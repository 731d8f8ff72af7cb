using Paddock.Core.Policies;

namespace Paddock.Agents;

/// <summary>
/// The dresses that several agents share. OpenAI's and Anthropic's SDKs read <c>x-should-retry</c>; the AI SDK (opencode, Kilo,
/// Cline) and Continue's own loop do not, and retry every 429 for minutes: seen with opencode 1.18.33, Kilo 7.7.7, Cline 3.0.65
/// and Continue 1.5.47. All four stop at a 402 and show its message.
/// </summary>
internal static class Dresses
{
    private static readonly RefusalDress paymentRequired = RefusalDress.Final with { Status = 402 };

    /// <summary>For agents that retry 429 whatever its headers say.</summary>
    public static RefusalDress WithoutTooManyRequests(Refusal refusal) => refusal.Reason is RefusalReason.BudgetExceeded ? paymentRequired : RefusalDress.Usual(refusal);

    /// <summary>Whether it is the key that was refused. That is found out before the body is read.</summary>
    public static bool IsIdentity(RefusalReason reason) => reason is
        RefusalReason.MissingKey or RefusalReason.MalformedKey or RefusalReason.UnknownKey or RefusalReason.KeyRevoked or RefusalReason.KeyExpired or RefusalReason.SessionEnded
        or RefusalReason.PrincipalDisabled or RefusalReason.ScopeMissing;
}
