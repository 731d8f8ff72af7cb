using Paddock.Core.Policies;
using Paddock.Core.Policies.Authoring;
using Paddock.Core.Releases;

namespace Paddock.Commands;

/// <summary>What came of the tests of a release.</summary>
/// <param name="Faults">What is wrong with the documents besides; then no case is run.</param>
internal sealed record PolicyTestResult(int Passed, int Failed, IReadOnlyList<TestedRuleResult> Rules, IReadOnlyList<CaseResult> Cases, IReadOnlyList<ReleaseFault> Faults)
{
    public static PolicyTestResult Of(PolicyTestReport report, IReadOnlyList<CaseResult> cases, IReadOnlyList<ReleaseFault> faults)
    {
        var rules = report.Rules.Select(TestedRuleResult.Of).ToList();
        var tests = rules.SelectMany(rule => rule.Tests).Count();
        var failed = rules.SelectMany(rule => rule.Tests).Count(test => test.Failure is not null) + cases.Count(one => one.Came is not null);
        return new(tests + cases.Count - failed, failed, rules, cases, [.. report.Faults, .. faults]);
    }
}

internal sealed record TestedRuleResult(string Policy, string Rule, string File, int Line, IReadOnlyList<RuleTestResult> Tests)
{
    public static TestedRuleResult Of(TestedRule tested) => new(tested.Policy.Name, tested.Rule.Id, tested.Policy.File, tested.Rule.Line, [.. tested.Tests.Select(RuleTestResult.Of)]);
}

/// <param name="Expects"><c>match</c> or <c>notMatch</c>.</param>
/// <param name="Call">The command line, or the facts.</param>
/// <param name="Failure">What came instead; null when the test holds.</param>
internal sealed record RuleTestResult(int Line, string Expects, string Call, string? Failure)
{
    public static RuleTestResult Of(RanTest ran)
    {
        var facts = ran.Test.Facts.Select(fact => $"{fact.Name}: {(fact.IsList ? $"[{string.Join(", ", fact.Texts)}]" : fact.Texts[0])}");
        return new(ran.Test.Line, ran.Test.Matches ? "match" : "notMatch", string.Join(", ", ran.Test.Command is { } command ? facts.Prepend(command) : facts), ran.Failure);
    }
}

/// <param name="Came">What was decided instead; null when the case holds.</param>
internal sealed record CaseResult(string File, int Line, string Case, string? Came);

/// <summary>What there is to say about the rules of a release that would be taken.</summary>
internal sealed record PolicyCheckResult(string Digest, int Rules, IReadOnlyList<RuleRemark> Remarks);
