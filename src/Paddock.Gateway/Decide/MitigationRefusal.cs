using System.Globalization;
using Paddock.Core.Mitigations;
using Paddock.Core.Policies;

namespace Paddock.Gateway.Decide;

/// <summary>Turns calls away while a mitigation asks for it. What the call says of itself is taken as said: it only tightens.</summary>
internal static class MitigationRefusal
{
    /// <summary>More is a large call: about half of what most models take.</summary>
    private const long LargeTokens = 32_000;

    /// <returns>Null when none turns it away.</returns>
    public static Refusal? Of(MitigationSet mitigations, Exchange exchange)
    {
        foreach (var one in mitigations.All)
        {
            if (one.Measure is Measure.Shed shed && Is(shed.Calls, exchange))
            {
                return new(RefusalReason.Shed, 503, Shed(one, shed)) { RetryAfter = shed.RetryAfter };
            }

            if (one.Measure is Measure.SmallerTasks smaller && TokensOf(exchange) is var tokens && tokens > smaller.MostTokens)
            {
                return new(RefusalReason.TaskTooLarge, 413, TooLarge(one, smaller, tokens)) { ResetAt = one.ExpiresAt };
            }
        }

        return null;
    }

    private static bool Is(CallKind kind, Exchange exchange) => kind is CallKind.Subagents ? exchange.Task.ParentTask is not null : TokensOf(exchange) > LargeTokens;

    /// <summary>As for a budget's hold: a quarter of the bytes.</summary>
    private static long TokensOf(Exchange exchange) => exchange.Body!.Length / 4; // received before

    private static string Shed(Mitigation one, Measure.Shed shed) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(shed.Calls is CallKind.Subagents ? "Calls of sub-agents" : "Large calls")} are turned away for a while so that the others are served: {one.Reason} ({one.Id}). Try again in {shed.RetryAfter.TotalSeconds:0} s.");

    private static string TooLarge(Mitigation one, Measure.SmallerTasks smaller, long tokens) => string.Create(
        CultureInfo.InvariantCulture,
        $"This request has about {tokens:N0} tokens; until {one.ExpiresAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC requests have at most {smaller.MostTokens:N0}: {one.Reason} ({one.Id}). Begin a new task with a smaller part of the work, or condense this one.");
}
