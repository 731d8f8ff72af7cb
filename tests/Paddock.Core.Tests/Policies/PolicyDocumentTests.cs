using Paddock.Core.Policies;
using Paddock.Core.Releases;
using Paddock.Core.Tools;

namespace Paddock.Core.Tests.Policies;

public class PolicyDocumentTests
{
    private const string Denied = "effect: deny, tests: [{match: git push}]";

    [Fact]
    public void A_policy_is_read_with_everything_that_it_says()
    {
        var content = Rules.Load(Rules.Chain, Rules.Binding("git"), Rules.Policy("git", """
            - id: push
              match:
                modes: [code, debug]
                tools: [execute_command]
                classes: [command]
                commands: [[git, [push, fetch]], [jj]]
                paths: {any: ["infra/**"], none: ["**/testdata/**"]}
                providers: ["anthropic-*"]
                models: [gpt-5]
                agents: [codex]
                principals: [ada]
                teams: [core]
                repositories: ["payments/**"]
              effect: require_approval
              approval: {chain: leads, ttl: 30m, selfAcknowledgement: true, grant: {words: 3, uses: 5, ttl: 1h}}
              because: Pushes are reviewed
              fix: Open a draft
              tests:
              - match: git push origin infra/main
                with: {call.tool: execute_command, task.mode: code, model.name: gpt-5, model.provider: anthropic-eu, agent.id: codex, user.id: ada, user.teams: [core], task.repository: payments/api}
              - {notMatch: git status}
            """)).ShouldBeOfType<LoadOutcome.Loaded>().Content;

        var rule = content.Policies.ShouldHaveSingleItem().Rules.ShouldHaveSingleItem();
        (rule.Id, rule.Effect, rule.Because, rule.Fix).ShouldBe(("push", Effect.RequireApproval, "Pushes are reviewed", "Open a draft"));
        rule.Approval.ShouldBe(new RuleApproval("leads") { Ttl = TimeSpan.FromMinutes(30), SelfAcknowledgement = true, Grant = new(3, 5, TimeSpan.FromHours(1)) });
        rule.Match.Classes.ShouldBe([ToolClass.Command]);
        rule.Match.Commands.Select(words => string.Join(' ', words.Select(word => string.Join('|', word)))).ShouldBe(["git push|fetch", "jj"]);
        (rule.Match.Paths, rule.Match.NotPaths).ShouldSatisfyAllConditions(paths => paths.Item1.ShouldBe(["infra/**"]), paths => paths.Item2.ShouldBe(["**/testdata/**"]));
        rule.Tests.Select(test => (test.Matches, test.Command)).ShouldBe([(true, "git push origin infra/main"), (false, "git status")]);
    }

    [Fact]
    public void A_binding_is_read_with_everything_that_it_says()
    {
        var content = Rules.Load(
            Rules.Policy("git", $"- {{id: push, match: {{commands: [[git, push]]}}, {Denied}}}"),
            Rules.Binding("git", "soft", "scope: {repositories: ['payments/**'], environments: [prod], teams: [core], principals: [ada], agents: [codex]}, overridable: true")).ShouldBeOfType<LoadOutcome.Loaded>().Content;

        var binding = content.Bindings.ShouldHaveSingleItem();
        (binding.Policy, binding.Enforcement, binding.Overridable).ShouldBe(("git", Enforcement.Soft, true));
        (binding.Scope.Repositories[0], binding.Scope.Environments[0], binding.Scope.Teams[0], binding.Scope.Principals[0], binding.Scope.Agents[0]).ShouldBe(("payments/**", "prod", "core", "ada", "codex"));
    }

    [Theory]
    [InlineData("{id: a, efect: deny}", "efect: There is no field of this name", "effect")]
    [InlineData("{id: a, match: {}}", "effect: This field is required", "")]
    [InlineData("{id: a, effect: forbid}", "effect: Expected one of allow, require_approval, deny", "")]
    [InlineData("{id: 'a b', effect: allow}", "id: A rule's id begins with", "")]
    [InlineData("{id: a, effect: deny}", "id: A rule with 'effect: deny' needs 'tests'", "")]
    [InlineData("{id: a, effect: deny, tests: [{notMatch: ls}]}", "tests: At least one test must be a 'match'", "")]
    [InlineData("{id: a, effect: deny, tests: [{match: ls, notMatch: ls}]}", "tests[0]: A test has one of", "")]
    [InlineData("{id: a, effect: deny, tests: [{matches: ls}]}", "tests[0].matches: There is no field of this name", "match")]
    [InlineData("{id: a, effect: deny, tests: [{match: {call.class: edit}, shell: cmd}]}", "tests[0].shell: A shell reads a command line", "")]
    [InlineData("{id: a, effect: require_approval, tests: [{match: ls}]}", "effect: Say with 'approval", "")]
    [InlineData("{id: a, effect: allow, approval: {chain: leads}}", "approval: Nobody is asked", "require_approval")]
    [InlineData("{id: a, effect: require_approval, approval: {chain: lead}, tests: [{match: ls}]}", "approval.chain: There is no ApprovalChain", "leads")]
    [InlineData("{id: a, effect: require_approval, approval: {chain: leads, grant: {uses: 5}}, tests: [{match: ls}]}", "approval.grant.ttl: This field is required", "")]
    [InlineData("{id: a, effect: allow, hideTool: true}", "hideTool: Only a tool that is denied", "")]
    [InlineData("{id: a, effect: deny, hideTool: true, when: call.opaque, tests: [{match: ls}]}", "hideTool: A tool is hidden for all its calls", "")]
    [InlineData("{id: a, effect: deny, hideTool: yes, tests: [{match: ls}]}", "hideTool: Expected true or false", "")]
    [InlineData("{id: a, effect: allow, match: {tool: [x]}}", "match.tool: There is no field of this name", "tools")]
    [InlineData("{id: a, effect: allow, match: {tools: []}}", "match.tools: This list needs at least one item", "")]
    [InlineData("{id: a, effect: allow, match: {classes: [comand]}}", "match.classes[0]: Expected one of", "command")]
    [InlineData("{id: a, effect: allow, match: {commands: [git push]}}", "match.commands[0]: Expected a command as a list", "")]
    [InlineData("{id: a, effect: allow, match: {commands: [[git, []]]}}", "match.commands[0][1]: A list of alternatives holds", "")]
    [InlineData("{id: a, effect: allow, match: {paths: {none: [x]}}}", "match.paths: Say with 'any'", "")]
    [InlineData("{id: a, effect: allow, match: {paths: {any: ['a//b']}}}", "match.paths.any[0]: A pattern has no empty part", "")]
    [InlineData("{id: a, effect: allow, match: {paths: {any: ['a/../b']}}}", "match.paths.any[0]: Paths are judged with '..' resolved", "")]
    [InlineData("{id: a, effect: allow, match: {paths: {any: ['a**']}}}", "match.paths.any[0]: '**' stands alone", "")]
    [InlineData("{id: a, effect: allow, match: {paths: {any: ['*.{a,b}']}}}", "match.paths.any[0]: A pattern knows", "")]
    [InlineData("{id: a, effect: allow, match: {mcp: {}}}", "match.mcp: Name 'servers'", "")]
    [InlineData("{id: a, effect: allow, match: {mcp: {annotations: {destructive: 'true'}}}}", "match.mcp.annotations.destructive: Expected true or false", "")]
    [InlineData("{id: a, effect: allow, obligations: [{type: notification, properties: {rule: x}}]}", "obligations[0].properties: Paddock tells 'rule' itself", "")]
    [InlineData("{id: a, effect: allow, obligations: [{type: mail}]}", "obligations[0].type: Expected one of", "")]
    public void A_rule_that_says_something_else_is_refused_with_its_key(string rule, string says, string suggestion)
    {
        var faults = Rules.Faults(Rules.Chain, Rules.Policy("p", "- " + rule), Rules.Binding("p", "shadow"));

        faults.ShouldContain(fault => fault.StartsWith("spec.rules[0]." + says, StringComparison.Ordinal) && fault.EndsWith(suggestion, StringComparison.Ordinal), string.Join('\n', faults));
    }

    [Fact]
    public void A_policy_without_a_binding_is_refused_because_nothing_would_ever_look_at_it() =>
        Rules.Faults(Rules.Policy("p", $"- {{id: a, {Denied}}}")).ShouldHaveSingleItem().ShouldStartWith("metadata.name: No PolicyBinding names this policy");

    [Theory]
    [InlineData("effect: allow", "warn", "spec.enforcement: Every rule of this policy allows")]
    [InlineData("effect: allow", "soft", "spec.enforcement: Every rule of this policy allows")]
    [InlineData("effect: require_approval, approval: {chain: leads}, tests: [{match: git push}]", "soft", "spec.enforcement: 'soft' lets the asker override a deny")]
    [InlineData(Denied, "force", "spec.enforcement: Expected one of off, shadow, warn, soft, enforce")]
    public void A_binding_that_cannot_mean_anything_is_refused(string rule, string enforcement, string says) =>
        Rules.Faults(Rules.Chain, Rules.Policy("p", $"- {{id: a, match: {{commands: [[git, push]]}}, {rule}}}"), Rules.Binding("p", enforcement)).ShouldContain(fault => fault.StartsWith(says, StringComparison.Ordinal));

    [Fact]
    public void A_binding_to_a_policy_that_nobody_wrote_is_refused_with_the_nearest_name() =>
        Rules.Faults(Rules.Policy("git-writes", $"- {{id: a, {Denied}}}"), Rules.Binding("git-writes"), Rules.Binding("git-write", name: "other"))
            .ShouldHaveSingleItem().ShouldBe("spec.policy: There is no Policy 'git-write'; there are git-writes. git-writes");

    [Theory]
    [InlineData("{command: deny}", "spec.defaults.tools.default: This field is required")]
    [InlineData("{default: allow, comand: deny}", "spec.defaults.tools.comand: There is no field")]
    [InlineData("{default: require_approval}", "spec.defaults.tools: Say with 'approval")]
    [InlineData("{default: deny, approval: {chain: leads}}", "spec.defaults.tools: Nobody is asked")]
    public void Defaults_that_say_something_else_are_refused_with_their_key(string tools, string says) =>
        Rules.Faults(Rules.Chain, Rules.Defaults(tools)).ShouldContain(fault => fault.StartsWith(says, StringComparison.Ordinal));
}
