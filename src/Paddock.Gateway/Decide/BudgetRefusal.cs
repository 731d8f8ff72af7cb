using System.Globalization;
using Paddock.Core.Budgets;
using Paddock.Core.Policies;

namespace Paddock.Gateway.Decide;

/// <summary>Says which budget is full and when it resets. A wait above 60 s makes Claude Code and the SDKs stop instead of retrying silently.</summary>
internal static class BudgetRefusal
{
    private static readonly TimeSpan AtLeast = TimeSpan.FromSeconds(61);

    public static Refusal Of(HoldOutcome.Refused full, DateTimeOffset now)
    {
        var wait = full.ResetAt is { } reset && reset - now > AtLeast ? reset - now : AtLeast;
        return new(RefusalReason.BudgetExceeded, 429, Message(full)) { ResetAt = full.ResetAt, RetryAfter = wait };
    }

    private static string Message(HoldOutcome.Refused full)
    {
        var limit = full.LimitNanoUsd is { } usd
            ? string.Create(CultureInfo.InvariantCulture, $"{full.SpentNanoUsd / 1e9:0.00####} of {usd / 1e9:0.00####} USD")
            : string.Create(CultureInfo.InvariantCulture, $"{full.SpentTokens} of {full.LimitTokens} tokens");
        var until = full.ResetAt is { } reset
            ? string.Create(CultureInfo.InvariantCulture, $"It resets at {reset.UtcDateTime:yyyy-MM-dd HH:mm} UTC.")
            : "It does not reset by itself.";
        return $"The budget '{full.Budget}' of {full.Subject} is used up ({limit} spent or held). {until} Ask its owner for more.";
    }
}
