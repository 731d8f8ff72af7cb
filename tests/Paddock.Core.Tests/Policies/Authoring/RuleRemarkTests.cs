using Paddock.Core.Policies.Authoring;
using Paddock.Core.Releases;
using Paddock.Core.Tests.Policies.Mutations;

namespace Paddock.Core.Tests.Policies.Authoring;

public class RuleRemarkTests
{
    [Fact]
    public void Rules_whose_tests_hold_every_literal_in_its_place_get_no_remark() => Of(SampleRules.Release).ShouldBeEmpty();

    [Theory]
    [InlineData("{id: r, match: {commands: [[git]]}, effect: allow}", "untested spec.rules[0].tests: No test shows this rule matching")]
    [InlineData("{id: r, match: {commands: [[git]]}, effect: deny, tests: [{match: git}]}", "one_sided spec.rules[0].tests: Every test is a 'match'")]
    [InlineData("{id: r, match: {commands: [[git], [npm]]}, effect: deny, tests: [{match: git}, {notMatch: ls}]}", "unpinned spec.rules[0].match.commands[1][0]: 'npm' could read 'xnpm'")]
    [InlineData("{id: r, match: {modes: [code]}, effect: allow, tests: [{match: ls, with: {task.mode: code}}, {notMatch: ls}]}", "asserted spec.rules[0]: This rule allows by what an agent says of itself (mode)")]
    public void What_an_author_may_not_have_meant_is_said_with_its_place(string rule, string said) =>
        Of(Rules.Policy("p", "- " + rule), Rules.Binding("p")).ShouldHaveSingleItem().ShouldStartWith(said);

    [Fact]
    public void Its_kind_is_written_by_its_name() =>
        System.Text.Json.JsonSerializer.Serialize(Enum.GetValues<RemarkKind>()).ShouldBe("""["untested","one_sided","unpinned","shadowed","asserted"]""");

    [Fact]
    public void A_part_that_another_rule_takes_already_is_told()
    {
        var said = Of(
            Rules.Policy("company", "- {id: rm, match: {commands: [[rm]]}, effect: deny, tests: [{match: rm a}, {notMatch: ls}]}"), Rules.Binding("company"),
            Rules.Policy("team", "- {id: some, match: {commands: [[rm, -r], [ls]]}, effect: allow, tests: [{match: ls}, {match: rm -r}, {notMatch: cat}]}"), Rules.Binding("team", more: "scope: {teams: [core]}"));

        said.ShouldHaveSingleItem().ShouldStartWith("shadowed spec.rules[0].match.commands[0]: This part never decides anything: company/rm takes its calls already");
    }

    [Fact]
    public void A_rule_that_decides_nothing_in_one_of_its_bindings_is_told()
    {
        var said = Of(
            Rules.Policy("company", "- {id: git, match: {commands: [[git]]}, effect: deny, tests: [{match: git}, {notMatch: ls}]}"), Rules.Binding("company", more: "scope: {environments: [prod]}"),
            Rules.Policy("team", "- {id: push, match: {commands: [[git, push]]}, effect: deny, tests: [{match: git push}, {notMatch: git status}]}"),
            Rules.Binding("team", more: "scope: {environments: [prod], teams: [core]}", name: "there"), Rules.Binding("team", more: "scope: {environments: [dev]}", name: "here"));

        said.ShouldHaveSingleItem().ShouldStartWith("shadowed spec.rules[0]: Bound by there it never decides anything: company/git");
    }

    [Fact]
    public void A_narrow_refusal_beside_a_wide_allow_is_how_rules_are_written() =>
        Of(Rules.Policy("p", """
            - {id: git, match: {commands: [[git]]}, effect: allow, tests: [{match: git log}, {notMatch: ls}]}
            - {id: push, match: {commands: [[git, push]]}, effect: deny, tests: [{match: git push}, {notMatch: git status}]}
            """), Rules.Binding("p")).ShouldBeEmpty();

    private static List<string> Of(params string[] documents) => Rules.Load(documents) switch
    {
        LoadOutcome.Loaded loaded => [.. RuleRemarks.Of(loaded.Content).Select(remark => $"{System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(remark.Kind.ToString())} {remark.Key}: {remark.Message}")],
        LoadOutcome.Rejected rejected => [.. rejected.Faults.Select(fault => fault.ToString())],
        _ => throw new InvalidOperationException(),
    };
}
