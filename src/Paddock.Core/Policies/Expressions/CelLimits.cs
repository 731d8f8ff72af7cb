namespace Paddock.Core.Policies.Expressions;

/// <summary>What keeps an expression cheap, whoever wrote it.</summary>
internal static class CelLimits
{
    /// <summary>Characters of an expression.</summary>
    public const int Length = 4_000;

    /// <summary>Brackets and operators in one another.</summary>
    public const int Depth = 32;

    /// <summary>Steps an evaluation may take, by the static estimate.</summary>
    public const int Cost = 200_000;

    /// <summary>Elements of a list that a macro or <c>in</c> is estimated by.</summary>
    public const int ListLength = 64;

    public const int RegexCost = 50;

    /// <summary>Characters of a pattern.</summary>
    public const int RegexLength = 500;

    /// <summary>Characters of a text that a pattern is looked for in; in a longer one the answer is an error, so that a rule takes its fail-closed side.</summary>
    public const int RegexSubject = 256 * 1024;
}
