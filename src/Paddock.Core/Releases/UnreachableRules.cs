using Paddock.Core.Policies;
using Paddock.Core.Policies.Matching;

namespace Paddock.Core.Releases;

/// <summary>
/// Finds rules that never decide anything, because wherever they are bound another rule, at least as strict, takes all their calls without
/// a condition. The order of files plays no part; of two rules that say the same, the one later by name is told.
/// </summary>
internal static class UnreachableRules
{
    public static void Check(FaultList faults, IReadOnlyList<Policy> policies, IReadOnlyList<PolicyBinding> bindings)
    {
        var entries = RuleEntry.Compile(policies, bindings);
        var unconditional = entries.Index().Where(item => item.Item.Rule.Source.When is null).ToArray();
        var index = entries.Index().ToArray();
        foreach (var rule in index.GroupBy(item => item.Item.Rule))
        {
            // A rule is compiled once for all bindings of its policy, so the group is the rule wherever it is bound.
            var covers = rule.Select(item => Array.Find(unconditional, other => Covers(other, item)).Item).ToList();
            if (covers.TrueForAll(cover => cover is not null))
            {
                var bound = covers[0].Bound;
                faults.Add(rule.First().Item.Bound.Policy.File, rule.Key.Source.Line, rule.Key.Source.Key,
                    $"The rule {rule.Key.Source.Id} is never reached: {bound.Name} ({bound.Policy.File} line {bound.Rule.Line}) takes all its calls in the same scope and is at least as strict.");
            }
        }
    }

    private static bool Covers((int Index, RuleEntry Item) wide, (int Index, RuleEntry Item) narrow) =>
        Stands(wide.Item, narrow.Item) && (wide.Index < narrow.Index || narrow.Item.Rule.Source.When is not null || !Stands(narrow.Item, wide.Item));

    private static bool Stands(RuleEntry wide, RuleEntry narrow) =>
        wide.Rule != narrow.Rule
        && narrow.Rule.Source is { Obligations.IsEmpty: true, Audit: null } // what else it wants happens all the same
        && wide.Rule.Source.Effect >= narrow.Rule.Source.Effect
        && wide.Binding.Enforcement >= narrow.Binding.Enforcement
        && (narrow.Binding.Overridable || !wide.Binding.Overridable)
        && MatchCover.Covers(wide.Rule.Match, narrow.Rule.Match)
        && wide.Scope.IsSame(narrow.Scope);
}
