using Paddock.Core.Policies;
using Paddock.Gateway.Containments;
using Paddock.Gateway.Execute;

namespace Paddock.Gateway.Decide;

/// <summary>Refusals that several steps give.</summary>
internal static class Refusals
{
    public static Refusal LedgerUnavailable() =>
        new(RefusalReason.LedgerUnavailable, 503, "The ledger cannot take this call, so it was not sent. The operator sees why in /readyz.") { RetryAfter = TimeSpan.FromSeconds(5) };

    public static Refusal AuditUnavailable() =>
        new(RefusalReason.AuditUnavailable, 503, "The audit log cannot be written, so a request that offers tools that change something was not sent. The operator sees why in /readyz.") { RetryAfter = TimeSpan.FromSeconds(5) };

    public static Refusal NotRecorded() =>
        new(RefusalReason.AuditUnavailable, 503, "The audit log could not be written, so the end of a tool call was not passed on. Try again in a while.") { RetryAfter = TimeSpan.FromSeconds(5) };

    public static Refusal ShuttingDown() =>
        new(RefusalReason.ShuttingDown, 503, "This Paddock is stopping; try again shortly.") { RetryAfter = TimeSpan.FromSeconds(2) };

    /// <summary>The request came in pieces that make no HTTP, or too slowly.</summary>
    /// <param name="status">As the server judged it.</param>
    public static Refusal BrokenRequest(int status) => new(
        RefusalReason.MalformedBody, status, status == 408 ? "The request body came too slowly, so the server stopped waiting for it." : "The request body cannot be read: its framing is broken.");

    /// <summary>A status that is neither an answer nor an error.</summary>
    public static Refusal Redirected(int status) => new(
        RefusalReason.UpstreamUnavailable, 502, $"The provider answered with status {status}, a redirect or no answer at all, which is not followed. Its operator should correct the provider's address.");

    public static Refusal Internal() =>
        new(RefusalReason.InternalError, 500, "Something went wrong inside Paddock; its log says what. Please report it.");

    public static Refusal NotEvaluated() =>
        new(RefusalReason.NotEvaluated, 502, "The provider's answer holds a tool call that cannot be judged, so it was not passed on. Ask again; if it comes back, the model or its provider writes malformed calls.");

    /// <summary>What a call is told that Paddock ends in the middle, and its error class in the ledger.</summary>
    public static (Refusal Refusal, string ErrorClass) OfEnd(Exchange exchange) => exchange switch
    {
        { EndCause: EndCause.Revoked } => (Revoked(), ErrorClasses.Revoked),
        { EndCause: EndCause.Contained, ContainedBy: { } containment } => (ContainmentRefusal.Of(containment), ErrorClasses.Contained),
        _ => (ShuttingDown(), ErrorClasses.Stopping),
    };

    private static Refusal Revoked() =>
        new(RefusalReason.KeyRevoked, 401, "The key of this call was revoked while it ran.");
}
