using Paddock.Core.Policies;
using Paddock.Core.Policies.Facts;

namespace Paddock.Core.Tests.Policies;

/// <summary>What <c>when</c> adds to a rule.</summary>
public class RuleConditionTests
{
    private const string Strict = "{default: allow, command: deny}";

    [Theory]
    [InlineData("prod", "Deny p/there")]
    [InlineData("dev", "Allow")]
    public void A_condition_narrows_a_rule(string environment, string says) =>
        Rules.Set(Rules.Policy("p", "- {id: there, when: key.environment == 'prod', effect: deny, tests: [{match: {key.environment: prod}}, {notMatch: {key.environment: dev}}]}"), Rules.Binding("p"))
            .Say(Rules.Command("ls", facts => facts.Set(Fact.KeyEnvironment, environment))).ShouldBe(says);

    [Fact]
    public void A_condition_that_cannot_be_evaluated_refuses_and_does_not_allow()
    {
        const string broken = "call.argv[7][0] == 'x'";
        var deny = Rules.Set(Rules.Policy("p", $"- {{id: r, when: \"{broken}\", effect: deny, tests: [{{match: ls}}]}}"), Rules.Binding("p"));
        var allow = Rules.Set(Rules.Policy("p", $"- {{id: r, when: \"{broken}\", effect: allow}}"), Rules.Binding("p"), Rules.Defaults(Strict));

        (deny.Say(Rules.Command("ls")), deny.Judge(Rules.Command("ls")).Errors).ShouldBe(("Deny p/r", 1));
        (allow.Say(Rules.Command("ls")), allow.Judge(Rules.Command("ls")).Errors).ShouldBe(("Deny", 1));
    }

    [Theory]
    [InlineData("git log > out.txt", "Allow p/git")]
    [InlineData("git log > /etc/passwd", "Deny")]
    [InlineData("git log", "Allow p/git")]
    [InlineData("git log $X > out.txt", "Deny")]
    [InlineData("A=1 git log", "Deny")]
    [InlineData("git log > $(ls)", "Deny")]
    public void An_allow_takes_a_line_that_is_more_than_words_when_it_looks_at_what_makes_it_so(string line, string says) =>
        Rules.Set(Rules.Policy("p", "- {id: git, match: {commands: [[git]]}, when: \"call.writesTo.all(p, !p.startsWith('/') && !p.contains('..'))\", effect: allow}"), Rules.Binding("p"), Rules.Defaults(Strict))
            .Say(Rules.Command(line)).ShouldBe(says);

    [Fact]
    public void What_the_agent_says_of_itself_allows_only_where_the_key_says_so_too()
    {
        var set = Rules.Set(Rules.Policy("p", "- {id: code, when: task.mode == 'code', effect: allow}"), Rules.Binding("p"), Rules.Defaults(Strict));

        set.Say(Rules.Command("ls", InCode)).ShouldBe("Deny");
        set.Say(Rules.Command("ls", InCode, KeyPins.Mode)).ShouldBe("Allow p/code");

        static void InCode(FactValues facts) => facts.Set(Fact.TaskMode, "code");
    }

    [Theory]
    [InlineData("deny", "tsk.spend > 5.0", "There is no fact 'tsk.spend'. (character 1 of the expression) Did you mean 'task.spend'?")]
    [InlineData("deny", "task.spend > '5'", "A double and a string cannot be compared by '>'.")]
    [InlineData("deny", "task.mode.startswith('c')", "There is no method 'startswith'")]
    [InlineData("deny", "mcp.readOnly", "mcp.readOnly is not known to this version of Paddock yet")]
    [InlineData("allow", "task.id == 'x'", "An allow rule cannot look at task.id")]
    [InlineData("deny", "not (task.mode == 'code')", "There is no function 'not'")]
    public void A_condition_that_cannot_be_judged_refuses_the_release(string effect, string when, string fault) =>
        Rules.Faults(Rules.Policy("p", $"- {{id: r, when: \"{when}\", effect: {effect}, tests: [{{match: ls}}]}}"), Rules.Binding("p"))
            .ShouldContain(said => said.Contains(fault.Split(" Did")[0], StringComparison.Ordinal));

    [Fact]
    public void The_tests_of_a_rule_run_its_condition() =>
        Rules.Faults(Rules.Policy("p", "- {id: r, when: key.environment == 'prod', effect: deny, tests: [{match: {key.environment: dev}}]}"), Rules.Binding("p"))
            .ShouldHaveSingleItem().ShouldContain("it stops at 'when'");
}
