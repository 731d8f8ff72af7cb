using System.Collections.Immutable;
using Paddock.Core.Policies.Matching;

namespace Paddock.Core.Policies.Mutations;

/// <summary>A literal that could be mistyped without any test of its rule failing.</summary>
/// <param name="Key">Where it stands in the rule, such as <c>match.commands[0][1]</c>.</param>
/// <param name="Literal">As it is written.</param>
/// <param name="Changed">What could stand there instead, unnoticed.</param>
public sealed record UnpinnedLiteral(string Key, string Literal, string Changed);

/// <summary>Finds what no test of a rule holds in its place.</summary>
public static class UnpinnedLiterals
{
    /// <summary>Of a rule whose own tests hold. Each literal is told once, with the first change that goes unnoticed.</summary>
    public static ImmutableArray<UnpinnedLiteral> Of(PolicyRule rule)
    {
        var tests = rule.Tests.Select(test => (Test: test, Subject: RuleTestSubject.Of(test, static (_, _, _) => { }))).ToList();
        return
        [
            .. RuleChange.Of(rule)
                .Where(change => change.Rule is { } changed && !IsNoticed(changed, tests))
                .DistinctBy(change => (change.Key, change.At))
                .Select(change => new UnpinnedLiteral(change.Key, change.Literal, change.Changed)),
        ];
    }

    private static bool IsNoticed(PolicyRule changed, List<(RuleTest Test, PolicySubject? Subject)> tests)
    {
        var compiled = new CompiledRule(changed);
        return tests.Exists(test => test.Subject is { } subject && RuleTestRun.Failure(compiled, test.Test, subject) is not null);
    }
}
