using Paddock.Core.Policies.Authoring;
using Paddock.Core.Releases;

namespace Paddock.Core.Tests.Policies.Authoring;

public class PolicyTestReportTests
{
    [Fact]
    public void Every_test_of_every_rule_is_run_and_told_although_the_release_would_be_refused()
    {
        var report = Run(Rules.Policy("p", """
            - {id: good, match: {commands: [[git]]}, effect: deny, tests: [{match: git}, {notMatch: ls}]}
            - {id: bad, match: {commands: [[npm]]}, effect: deny, tests: [{match: npm test}, {match: yarn}, {notMatch: {tsk.mode: code}}]}
            """), Rules.Binding("p"));

        report.Holds.ShouldBeFalse();
        report.Faults.ShouldBeEmpty();
        report.Rules.Select(rule => (rule.Rule.Id, string.Join('|', rule.Tests.Select(test => test.Failure ?? "holds")))).ShouldBe(
        [
            ("good", "holds|holds"),
            ("bad", "holds|This test fails: the rule does not match 'yarn'; it stops at 'match.commands'.|tsk.mode: There is no fact of this name; docs/policies.md lists them. Did you mean 'task.mode'?"),
        ]);
    }

    [Fact]
    public void What_is_wrong_besides_is_told_besides()
    {
        var report = Run(Rules.Policy("p", """
            - {id: good, match: {commands: [[git]]}, effect: deny, tests: [{match: git}]}
            - {id: bad, match: {comands: [[npm]]}, effect: deny, tests: [{match: npm}]}
            """), Rules.Binding("q"));

        report.Rules.ShouldHaveSingleItem().Tests.ShouldHaveSingleItem().Failure.ShouldBeNull();
        report.Faults.Select(fault => fault.Suggestion).ShouldContain("commands");
        report.Holds.ShouldBeFalse();
    }

    private static PolicyTestReport Run(params string[] documents) => PolicyTestReport.Run([new SourceFile("release.yaml", string.Concat(documents))], environment: null);
}
