using Paddock.Core.Policies.Matching;
using Paddock.Core.Policies.Mutations;

namespace Paddock.Core.Policies.Authoring;

/// <summary>
/// Finds what of a rule never decides anything, because another rule without a condition, at least as strict, takes those calls. A rule
/// of which nothing is left in its own scope is refused at load; this tells of the rest.
/// </summary>
internal static class PartlyShadowed
{
    /// <param name="bound">One rule wherever it is bound.</param>
    /// <param name="all">Every rule of the release.</param>
    public static IEnumerable<RuleRemarks.Said> Of(RuleEntry[] bound, RuleEntry[] all)
    {
        var whole = bound.Select(entry => (Entry: entry, By: Taker(entry, entry.Rule.Match, all))).ToList();
        foreach (var (entry, by) in whole.Where(one => one.By is not null))
        {
            yield return new("", RemarkKind.Shadowed, $"Bound by {entry.Binding.Name} it never decides anything: {by!.Bound.Name}, bound by {by.Binding.Name}, takes all its calls there."); // filtered
        }

        var left = whole.Where(one => one.By is null).Select(one => one.Entry).ToList();
        foreach (var (key, match) in left.Count == 0 ? [] : Parts(left[0].Rule.Source.Match))
        {
            var takers = left.ConvertAll(entry => Taker(entry, match, all));
            if (takers.TrueForAll(taker => taker is not null))
            {
                yield return new("match." + key, RemarkKind.Shadowed, $"This part never decides anything: {takers[0]!.Bound.Name} takes its calls already, and is at least as strict."); // checked just now
            }
        }
    }

    private static RuleEntry? Taker(RuleEntry narrow, CompiledMatch part, RuleEntry[] all)
    {
        var at = Array.IndexOf(all, narrow);
        return all.Index().FirstOrDefault(other => Takes(other.Item, narrow, part, isEarlier: other.Index < at)).Item;
    }

    private static bool Takes(RuleEntry wide, RuleEntry narrow, CompiledMatch part, bool isEarlier) =>
        wide.Rule != narrow.Rule
        && wide.Rule.Source.When is null
        && wide.Rule.Source.Effect >= narrow.Rule.Source.Effect
        && wide.Binding.Enforcement >= narrow.Binding.Enforcement
        && (narrow.Binding.Overridable || !wide.Binding.Overridable)
        && MatchCover.Covers(wide.Rule.Match, part)
        && wide.Scope.Covers(narrow.Scope)
        // Of two that say the same, the one later by name is told.
        && (isEarlier || wide.Rule.Source.Effect > narrow.Rule.Source.Effect || narrow.Rule.Source.When is not null || !MatchCover.Covers(part, wide.Rule.Match) || !narrow.Scope.Covers(wide.Scope));

    /// <summary>The match with one alternative where it has several.</summary>
    private static IEnumerable<(string Key, CompiledMatch Match)> Parts(RuleMatch match)
    {
        var commands = match.Commands.Length < 2 ? [] : match.Commands.Index().Select(command => ($"commands[{command.Index}]", match with { Commands = [command.Item] }));
        var texts = from field in TextField.All
                    where field.Key != "paths.none" // what it takes away is no alternative
                    let items = field.Of(match)
                    where items.Length > 1
                    from item in items.Index()
                    select ($"{field.Key}[{item.Index}]", field.With(match, [item.Item]));
        return commands.Concat(texts).Select(part => (part.Item1, new CompiledMatch(part.Item2)));
    }
}
