using System.Collections.Immutable;
using Paddock.Core.Policies.Matching;
using Paddock.Core.Releases;

namespace Paddock.Core.Policies.Authoring;

/// <summary>What came of every test that stands in a rule.</summary>
/// <param name="Faults">What is wrong with the documents besides; a rule that could not be read is not among <paramref name="Rules"/>.</param>
public sealed record PolicyTestReport(ImmutableArray<TestedRule> Rules, ImmutableArray<ReleaseFault> Faults)
{
    /// <summary>Whether every test holds and the documents have no other fault.</summary>
    public bool Holds => Faults.IsEmpty && Rules.All(rule => rule.Tests.All(test => test.Failure is null));

    /// <summary>Runs them, also when the release would be refused: that is when its author wants to see them.</summary>
    /// <param name="environment">As for <see cref="ReleaseLoader.Load"/>.</param>
    public static PolicyTestReport Run(IReadOnlyList<SourceFile> files, IReadOnlyList<SourceFile>? environment)
    {
        var draft = ReleaseLoader.Draft(files, environment);
        var rules = from policy in draft.Policies from rule in policy.Rules select new TestedRule(policy, rule, Run(rule));
        return new([.. rules], [.. draft.Faults.Sorted()]);
    }

    private static ImmutableArray<RanTest> Run(PolicyRule rule)
    {
        var compiled = new CompiledRule(rule);
        return [.. rule.Tests.Select(test => new RanTest(test, Failure(compiled, test)))];
    }

    private static string? Failure(CompiledRule rule, RuleTest test)
    {
        var faults = new List<string>();
        var subject = RuleTestSubject.Of(test, (fact, message, suggestion) => faults.Add($"{fact.Name}: {message}{(suggestion is null ? "" : $" Did you mean '{suggestion}'?")}"));
        return subject is null ? string.Join(' ', faults) : RuleTestRun.Failure(rule, test, subject);
    }
}

/// <summary>A rule and what came of its tests.</summary>
public sealed record TestedRule(Policy Policy, PolicyRule Rule, ImmutableArray<RanTest> Tests);

/// <param name="Failure">What came instead, in words for people; null when the test holds.</param>
public sealed record RanTest(RuleTest Test, string? Failure);
