namespace Paddock.Core.Policies.Matching;

/// <summary>How many steps one comparison may take. Whoever runs out has found a match: what is too involved to tell is not let through.</summary>
internal struct MatchBudget
{
    private const int Steps = 4_000;
    private int used;

    public bool IsSpent => ++used > Steps;
}
