using System.Collections.Immutable;
using Paddock.Core.Policies.Matching;
using Paddock.Core.Policies.Mutations;
using Paddock.Core.Releases;

namespace Paddock.Core.Policies.Authoring;

/// <summary>Looks through the rules of a release that would be taken for what their authors may not have meant.</summary>
public static class RuleRemarks
{
    /// <summary>In the order of policies' names and of their rules.</summary>
    public static ImmutableArray<RuleRemark> Of(ReleaseContent release)
    {
        var entries = RuleEntry.Compile(release.Policies, release.Bindings);
        var bound = entries.ToLookup(entry => entry.Rule.Source);
        return
        [
            .. from policy in release.Policies.OrderBy(policy => policy.Name, StringComparer.Ordinal)
               from rule in policy.Rules
               from said in (IEnumerable<Said>)[.. Tests(rule), .. PartlyShadowed.Of([.. bound[rule]], entries), .. Asserted([.. bound[rule]])]
               select new RuleRemark(policy.Name, rule.Id, policy.File, rule.Line, said.Key.Length == 0 ? rule.Key : $"{rule.Key}.{said.Key}", said.Kind, said.Message),
        ];
    }

    private static IEnumerable<Said> Tests(PolicyRule rule)
    {
        if (!rule.Tests.Any(test => test.Matches))
        {
            // Whatever stands in it could be mistyped; one line says so better than one for each.
            return [new("tests", RemarkKind.Untested, "No test shows this rule matching; add a 'match', and a 'notMatch' beside it.")];
        }

        var oneSided = rule.Tests.All(test => test.Matches)
            ? [new Said("tests", RemarkKind.OneSided, "Every test is a 'match': add a 'notMatch' for the nearest call that this rule must leave alone.")]
            : Enumerable.Empty<Said>();
        return oneSided.Concat(UnpinnedLiterals.Of(rule).Select(literal =>
            new Said(literal.Key, RemarkKind.Unpinned, $"{Shown(literal.Literal)} could read {Shown(literal.Changed)} and no test would fail; add one that tells them apart.")));
    }

    /// <summary>In one kind of quotes, whatever it is written in.</summary>
    private static string Shown(string literal) => SecretText.Show(literal.Trim('"', '\''));

    private static IEnumerable<Said> Asserted(RuleEntry[] bound)
    {
        var asserted = bound.Aggregate(KeyPins.None, (pins, entry) => entry.Rule.Allows ? pins | entry.Asserted : pins);
        return asserted is KeyPins.None ? [] : [new("", RemarkKind.Asserted, $"This rule allows by what an agent says of itself ({asserted.ToString().ToLowerInvariant()}), so it holds only for keys that pin it.")];
    }

    /// <param name="Key">Below the rule.</param>
    internal sealed record Said(string Key, RemarkKind Kind, string Message);
}
