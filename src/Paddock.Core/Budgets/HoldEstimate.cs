using Paddock.Core.Models;

namespace Paddock.Core.Budgets;

/// <summary>
/// What is held for a call before it is sent. Deliberately not the worst case: agents ask for huge outputs they never use, and
/// holding those refuses calls at no real spend. What a call costs beyond its hold is settled exactly when it ends.
/// </summary>
public static class HoldEstimate
{
    private const int BytesPerToken = 4;
    private const long UsualOutput = 1024;
    private const long LargestOutput = 4096;

    /// <param name="bodyBytes">Size of the request body.</param>
    /// <param name="maxOutputTokens">The asker's own limit, when it gave one.</param>
    /// <param name="price">The price the call is expected to have.</param>
    public static HoldAmount Of(long bodyBytes, long? maxOutputTokens, Price price)
    {
        var usage = new TokenUsage { Input = bodyBytes / BytesPerToken, Output = Math.Min(maxOutputTokens ?? UsualOutput, LargestOutput) };
        return new(price.Cost(usage), usage.Total);
    }
}
