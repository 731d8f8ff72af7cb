using Paddock.Core.Policies.Matching;

namespace Paddock.Core.Policies;

/// <summary>Runs the tests that stand in rules.</summary>
internal static class RuleTestRun
{
    /// <returns>What came out instead, in words for people; null when the test holds.</returns>
    public static string? Failure(CompiledRule rule, RuleTest test, PolicySubject subject)
    {
        var stage = StageOf(rule, subject);
        if (stage == MatchStage.Matched == test.Matches)
        {
            return null;
        }

        var shown = test.Command is { } line ? $"'{Shortened(line)}'" : "the call it describes";
        return test.Matches ? $"This test fails: the rule does not match {shown}; it stops at {Named(stage)}." : $"This test fails: the rule matches {shown}.";
    }

    /// <summary>Where the rule stops; an allow rule has to take every piece of the call.</summary>
    private static MatchStage StageOf(CompiledRule rule, PolicySubject subject)
    {
        var units = CallUnits.Of(subject);
        if (rule.Check(subject, units, out var reach) is not MatchStage.Matched and var stage)
        {
            return stage;
        }

        return !rule.Allows || reach.Whole || (units.Needed & ~reach.Units) == 0 ? MatchStage.Matched : rule.Match.Commands.IsEmpty ? MatchStage.Paths : MatchStage.Commands;
    }

    private static string Named(MatchStage stage) => stage switch
    {
        MatchStage.When => "'when'",
        MatchStage.Legibility => "what makes the line more than plain words, which an allow rule must name in 'when'",
        _ => $"'match.{stage.ToString().ToLowerInvariant()}'",
    };

    private static string Shortened(string text) => text.Length <= 80 ? text : text[..77] + "…";
}
