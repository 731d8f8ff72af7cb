using Paddock.Core.Policies.Matching;
using Paddock.Core.Tools;

namespace Paddock.Core.Policies.Mutations;

/// <summary>Changes every literal of a rule's <c>match</c>.</summary>
internal static class MatchChanges
{
    public static IEnumerable<RuleChange> Of(PolicyRule rule) => [.. Texts(rule), .. Classes(rule), .. Commands(rule), .. Annotations(rule)];

    private static IEnumerable<RuleChange> Texts(PolicyRule rule) =>
        from field in TextField.All
        let texts = field.Of(rule.Match)
        from item in texts.Index()
        from changed in ChangedText.Of(item.Item)
        let isTaken = !texts.Contains(changed, StringComparer.Ordinal) && !(field.HoldsPaths && PathPattern.Refusal(changed) is not null)
        select Change(rule, $"{field.Key}[{item.Index}]", item.Item, changed, isTaken ? field.With(rule.Match, texts.SetItem(item.Index, changed)) : null);

    private static IEnumerable<RuleChange> Classes(PolicyRule rule) =>
        from item in rule.Match.Classes.Index()
        let other = Enum.GetValues<ToolClass>().Where(tool => !rule.Match.Classes.Contains(tool)).Select(tool => (ToolClass?)tool).FirstOrDefault()
        where other is not null
        select Change(rule, $"classes[{item.Index}]", ToolClassNames.Of(item.Item), ToolClassNames.Of(other.Value), rule.Match with { Classes = rule.Match.Classes.SetItem(item.Index, other.Value) });

    private static IEnumerable<RuleChange> Commands(PolicyRule rule) =>
        from command in rule.Match.Commands.Index()
        from word in command.Item.Index()
        from item in word.Item.Index()
        from changed in ChangedText.Of(item.Item)
        let key = $"commands[{command.Index}][{word.Index}]" + (word.Item.Length > 1 ? $"[{item.Index}]" : "")
        let words = command.Item.SetItem(word.Index, word.Item.SetItem(item.Index, changed))
        select Change(rule, key, item.Item, changed, rule.Match with { Commands = rule.Match.Commands.SetItem(command.Index, words) });

    private static IEnumerable<RuleChange> Annotations(PolicyRule rule)
    {
        if (rule.Match.Mcp is { ReadOnly: { } readOnly } mcp)
        {
            yield return Change(rule, "mcp.annotations.readOnly", Flag(readOnly), Flag(!readOnly), rule.Match with { Mcp = mcp with { ReadOnly = !readOnly } });
        }

        if (rule.Match.Mcp is { Destructive: { } destructive } other)
        {
            yield return Change(rule, "mcp.annotations.destructive", Flag(destructive), Flag(!destructive), rule.Match with { Mcp = other with { Destructive = !destructive } });
        }
    }

    private static string Flag(bool value) => value ? "true" : "false";

    private static RuleChange Change(PolicyRule rule, string key, string literal, string changed, RuleMatch? match) =>
        new("match." + key, 0, literal, changed, match is null || changed.Length == 0 || new CompiledMatch(match).IsImpossible ? null : rule with { Match = match });
}
