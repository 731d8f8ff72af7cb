using Paddock.Core.Policies;
using Paddock.Core.Policies.Facts;
using Paddock.Core.Policies.Matching;
using Paddock.Core.Tools;

namespace Paddock.Core.Tests.Policies;

/// <summary>Tools of which nobody will see a call: what is not known counts against them.</summary>
public sealed class UnseenCallTests
{
    private static readonly FactMask unknown = FactMask.Of(Fact.CallText, Fact.CallHosts);

    [Theory]
    [InlineData("match: {classes: [browser]}, effect: deny", "Deny p/r")]
    [InlineData("match: {classes: [browser]}, when: '!call.hosts.all(h, h.inDomain(\"corp.example\"))', effect: deny", "Deny p/r")] // it may go there
    [InlineData("match: {classes: [browser]}, when: call.mutating, effect: deny", "Allow")]
    [InlineData("match: {classes: [browser], agents: [other]}, when: size(call.hosts) > 0, effect: deny", "Allow")]
    [InlineData("match: {classes: [command]}, effect: deny", "Allow")]
    public void A_refusal_that_would_look_at_the_unseen_matches(string rule, string says) =>
        Say(Rules.Set(Rules.Policy("p", $"- {{id: r, {rule}, tests: [{{match: {TestOf(rule)}}}]}}"), Rules.Binding("p")), Search()).ShouldBe(says);

    [Theory]
    [InlineData("match: {classes: [browser]}", "Allow p/r")]
    [InlineData("match: {classes: [browser]}, when: 'call.hosts.all(h, h.inDomain(\"corp.example\"))'", "Deny")] // nobody knows that it will
    public void An_allow_that_would_look_at_the_unseen_does_not(string rule, string says) =>
        Say(Rules.Set(Rules.Policy("p", $"- {{id: r, {rule}, effect: allow}}"), Rules.Binding("p"), Rules.Defaults("{default: deny}")), Search()).ShouldBe(says);

    [Theory]
    [InlineData("mcp: {tools: ['delete_*']}", "deny", "Deny p/r")]
    [InlineData("mcp: {servers: [github], tools: ['delete_*']}", "deny", "Deny p/r")]
    [InlineData("mcp: {servers: [jira]}", "deny", "Allow")]
    [InlineData("tools: ['*__delete_*']", "deny", "Deny p/r")]
    [InlineData("tools: ['mcp__jira__*']", "deny", "Allow")]
    [InlineData("mcp: {tools: ['read_*']}", "allow", "Allow")]
    [InlineData("tools: ['mcp__github__*']", "allow", "Allow p/r")]
    public void A_server_all_of_whose_tools_are_offered_is_each_of_them(string match, string effect, string says)
    {
        var set = Rules.Set(Rules.Policy("p", $"- {{id: r, match: {{{match}}}, effect: {effect}{(effect == "deny" ? ", tests: [{match: {call.class: mcp, call.tool: mcp__jira__delete_x, mcp.server: " + (match.Contains("github", StringComparison.Ordinal) ? "github" : "jira") + ", mcp.tool: delete_x}}]" : "")}}}"), Rules.Binding("p"));

        Say(set, Rules.Call(new(ToolClass.Mcp), facts =>
        {
            facts.Set(Fact.CallTool, "mcp__github__*");
            facts.Set(Fact.McpServer, "github");
        }), unknown | FactMask.Of(Fact.McpTool)).ShouldBe(says);
    }

    [Fact]
    public void An_allow_of_a_narrower_scope_lets_it_pass_where_the_refusal_may_be_overridden()
    {
        var set = Rules.Set(
            Rules.Policy("p", "- {id: r, match: {classes: [browser]}, effect: deny, tests: [{match: {call.class: browser}}]}"), Rules.Binding("p", more: "overridable: true"),
            Rules.Policy("q", "- {id: s, match: {classes: [browser]}, effect: allow}"), Rules.Binding("q", more: "scope: {teams: [web]}"));

        Say(set, Search()).ShouldBe("Deny p/r");
        Say(set, Search(facts => facts.Set(Fact.UserTeams, ["web"]))).ShouldBe("Allow q/s");
    }

    [Fact]
    public void A_tool_is_hidden_where_it_is_denied_for_certain_and_not_elsewhere()
    {
        var set = Rules.Set(
            Rules.Policy("p", "- {id: r, match: {tools: [bash], modes: [ask]}, effect: deny, hideTool: true, tests: [{match: ls, with: {call.tool: bash, task.mode: ask}}]}"),
            Rules.Binding("p", more: "overridable: true, scope: {environments: [prod]}"),
            Rules.Policy("q", "- {id: s, match: {tools: [bash]}, effect: allow}"), Rules.Binding("q", more: "scope: {environments: [prod], teams: [ops]}"));

        set.HidesTools.ShouldBeTrue();
        set.Hides(Bash("ask", "prod")).ShouldBeTrue();
        set.Hides(Bash("code", "prod")).ShouldBeFalse();
        set.Hides(Bash("ask", "dev")).ShouldBeFalse();
        set.Hides(Bash("ask", "prod", "ops")).ShouldBeFalse();
        Rules.Set(Rules.Policy("p", "- {id: r, match: {tools: [bash]}, effect: deny, hideTool: true, tests: [{match: ls, with: {call.tool: bash}}]}"), Rules.Binding("p", "soft")).HidesTools.ShouldBeFalse();
    }

    [Fact]
    public void What_has_to_happen_besides_is_told_of_every_rule_that_says_what_was_decided()
    {
        var set = Rules.Set(Rules.Policy("p", """
            - {id: a, match: {commands: [[git]]}, effect: allow}
            - {id: b, match: {commands: [[git, push]]}, effect: allow, obligations: [{type: notification, properties: {channel: sec}}]}
            - {id: c, match: {commands: [[git, pull]]}, effect: allow, obligations: [{type: step_up}]} # reached for what it wants besides
            - {id: d, match: {commands: [[rm]]}, effect: deny, obligations: [{type: custom}], tests: [{match: rm x}]}
            """), Rules.Binding("p"));

        Obliging(set, "git push").ShouldBe(["p/b"]);
        Obliging(set, "git pull").ShouldBe(["p/c"]);
        Obliging(set, "git status").ShouldBeEmpty();
        Obliging(set, "rm x && git push").ShouldBe(["p/d"]);
        set.Enforces.ShouldBeTrue();
        set.AllowsWhatever(Rules.Command("git pull"), FactMask.None).ShouldBeFalse(); // somebody else must step up first
        set.AllowsWhatever(Rules.Command("git push"), FactMask.None).ShouldBeTrue();
    }

    [Theory]
    [InlineData("mcp__*", "*__delete", true)]
    [InlineData("a*b", "ab", true)]
    [InlineData("a*b", "a", false)]
    [InlineData("*", "", true)]
    [InlineData("abc", "abc", true)]
    [InlineData("ab*", "*ba", true)]
    [InlineData("a*", "b*", false)]
    [InlineData("mcp__github__*", "mcp__jira__*", false)]
    public void Two_patterns_overlap_when_a_name_can_be_both(string one, string other, bool overlap)
    {
        NamePattern.Overlaps(one, other).ShouldBe(overlap);
        NamePattern.Overlaps(other, one).ShouldBe(overlap);
    }

    private static string TestOf(string rule) => rule.Contains("[command]", StringComparison.Ordinal) ? "ls" : "{call.class: browser, call.mutating: true, call.hosts: [evil.example], agent.id: other}";

    private static PolicySubject Search(Action<FactValues>? more = null) => Rules.Call(new(ToolClass.Browser), facts =>
    {
        facts.Set(Fact.CallTool, "web_search");
        more?.Invoke(facts);
    });

    private static PolicySubject Bash(string mode, string environment, string? team = null) => Rules.Call(new(ToolClass.Command), facts =>
    {
        facts.Set(Fact.TaskMode, mode);
        facts.Set(Fact.KeyEnvironment, environment);
        facts.Set(Fact.UserTeams, team is null ? [] : [team]);
    });

    private static IEnumerable<string> Obliging(PolicySet set, string line)
    {
        var subject = Rules.Command(line);
        return set.Obliging(subject, set.Judge(subject)).Select(rule => rule.Name);
    }

    private static string Say(PolicySet set, PolicySubject subject, FactMask? mask = null)
    {
        var verdict = new PolicyVerdict();
        set.JudgeUnseen(subject, mask ?? unknown, ref verdict);
        return set.SayOf(verdict.Enforced);
    }
}
