namespace Paddock.Core.Policies.Mutations;

/// <summary>One literal of a rule, and the rule with another in its place.</summary>
/// <param name="Key">Where the literal stands in the rule, such as <c>match.commands[0][1]</c>.</param>
/// <param name="At">Its first character, in an expression, which has many literals; otherwise 0.</param>
/// <param name="Rule">Null when no release would be taken with the change.</param>
internal sealed record RuleChange(string Key, int At, string Literal, string Changed, PolicyRule? Rule)
{
    /// <summary>Every literal of <c>match</c> and <c>when</c>, each changed in as many ways as it could be mistyped.</summary>
    public static IEnumerable<RuleChange> Of(PolicyRule rule) => [.. MatchChanges.Of(rule), .. ConditionChanges.Of(rule)];
}
