namespace Paddock.Core.Budgets;

/// <summary>How full one account of a budget is, for status pages.</summary>
/// <param name="Budget">Name of the budget.</param>
/// <param name="Subject">Key id, principal id, team name or task id.</param>
/// <param name="SubjectName">For people; the id until the subject made a call since the start.</param>
/// <param name="ResetAt">When the window ends; null for a total.</param>
public sealed record BudgetAccount(
    string Budget,
    BudgetScope Scope,
    string Subject,
    string SubjectName,
    BudgetWindow Window,
    DateTimeOffset? ResetAt,
    long SpentNanoUsd,
    long HeldNanoUsd,
    long? LimitNanoUsd,
    long SpentTokens,
    long HeldTokens,
    long? LimitTokens)
{
    /// <summary>The fuller of money and tokens: 0 is untouched, 1 is full. A limit of zero is always full.</summary>
    public double Share => Math.Max(ShareOf(SpentNanoUsd + HeldNanoUsd, LimitNanoUsd), ShareOf(SpentTokens + HeldTokens, LimitTokens));

    private static double ShareOf(long used, long? limit) => limit switch
    {
        null => 0,
        0 => 1,
        { } most => (double)used / most,
    };
}
