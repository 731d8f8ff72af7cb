namespace Paddock.Core.Tests.Policies;

public class UnreachableRuleTests
{
    private const string Tests = "tests: [{match: git push}]";

    [Theory]
    [InlineData("match: {commands: [[git]]}, effect: deny", "match: {commands: [[git, push]]}, effect: deny")]
    [InlineData("match: {commands: [[git, [push, fetch]]]}, effect: deny", "match: {commands: [[git, push, origin], [git, fetch]]}, effect: deny")]
    [InlineData("match: {commands: [[git]]}, effect: deny", "match: {commands: [[git, push]], modes: [code]}, effect: allow")]
    [InlineData("match: {classes: [command]}, effect: deny", "match: {commands: [[git, push]]}, effect: deny")]
    [InlineData("match: {tools: ['*']}, effect: deny", "match: {tools: [edit]}, effect: deny")]
    [InlineData("match: {paths: {any: ['infra/**']}}, effect: deny", "match: {paths: {any: ['infra/prod/**'], none: ['**/x']}}, effect: deny")]
    [InlineData("match: {mcp: {servers: [github]}}, effect: deny", "match: {mcp: {servers: [github], tools: [x]}}, effect: allow")]
    public void A_rule_all_of_whose_calls_another_takes_is_refused(string wide, string narrow)
    {
        foreach (var rules in (string[])[$"- {{id: wide, {wide}, {Tests}}}\n- {{id: narrow, {narrow}, {Tests}}}", $"- {{id: narrow, {narrow}, {Tests}}}\n- {{id: wide, {wide}, {Tests}}}"])
        {
            Rules.Faults(Rules.Policy("p", rules), Rules.Binding("p")).Where(fault => fault.Contains("never reached", StringComparison.Ordinal))
                .ShouldHaveSingleItem().ShouldContain("The rule narrow is never reached: p/wide (release.yaml line ");
        }
    }

    [Theory]
    [InlineData("match: {commands: [[git]]}, effect: allow", "match: {commands: [[git, push]]}, effect: deny")]
    [InlineData("match: {commands: [[git]]}, when: call.opaque, effect: deny", "match: {commands: [[git, push]]}, effect: deny")]
    [InlineData("match: {commands: [[git, push]]}, effect: deny", "match: {commands: [[git]]}, effect: deny")]
    [InlineData("match: {commands: [[git]], modes: [code]}, effect: deny", "match: {commands: [[git]]}, effect: deny")]
    [InlineData("match: {paths: {any: ['infra/**'], none: ['**/x']}}, effect: deny", "match: {paths: {any: ['infra/prod/**']}}, effect: deny")]
    [InlineData("match: {paths: {any: ['in*/**']}}, effect: deny", "match: {paths: {any: ['in*/prod/**']}}, effect: deny")]
    public void A_rule_that_may_decide_something_is_kept(string other, string rule) =>
        Rules.Faults(Rules.Policy("p", $"- {{id: other, {other}, {Tests}}}\n- {{id: rule, {rule}, {Tests}}}"), Rules.Binding("p")).ShouldNotContain(fault => fault.Contains("The rule rule is never", StringComparison.Ordinal));

    [Fact]
    public void Of_two_rules_that_say_the_same_the_later_by_name_is_told()
    {
        string[] policies = [Rules.Policy("b", $"- {{id: x, effect: deny, {Tests}}}"), Rules.Policy("a", $"- {{id: y, effect: deny, {Tests}}}"), Rules.Binding("a"), Rules.Binding("b")];

        Rules.Faults(policies).ShouldHaveSingleItem().ShouldContain("The rule x is never reached: a/y");
    }

    [Theory]
    [InlineData("enforce", "", "enforce", "scope: {teams: [core]}")]
    [InlineData("shadow", "", "enforce", "")]
    [InlineData("enforce", "overridable: true", "enforce", "")]
    public void A_rule_bound_elsewhere_or_more_firmly_is_kept(string wide, string wideMore, string narrow, string narrowMore) =>
        Rules.Faults(
            Rules.Policy("a", $"- {{id: x, effect: deny, {Tests}}}"), Rules.Binding("a", wide, wideMore),
            Rules.Policy("b", $"- {{id: y, match: {{commands: [[git]]}}, effect: deny, {Tests}}}"), Rules.Binding("b", narrow, narrowMore)).ShouldBeEmpty();

    [Fact]
    public void A_rule_that_can_match_nothing_is_refused() =>
        Rules.Faults(Rules.Policy("p", "- {id: a, match: {classes: [edit], commands: [[git]]}, effect: allow}"), Rules.Binding("p")).ShouldHaveSingleItem().ShouldStartWith("spec.rules[0].match: Nothing can ever match this");
}
