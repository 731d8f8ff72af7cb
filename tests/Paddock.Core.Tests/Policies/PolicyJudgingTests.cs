using Paddock.Core.Policies;
using Paddock.Core.Policies.Facts;
using Paddock.Core.Tools;

namespace Paddock.Core.Tests.Policies;

public class PolicyJudgingTests
{
    private const string Strict = "{default: allow, command: deny, edit: deny, mcp: deny}";
    private const string DenyPush = "- {id: push, match: {commands: [[git, push]]}, effect: deny, tests: [{match: git push}]}";
    private const string AskPush = "- {id: ask, match: {commands: [[git, [push, pull]]]}, effect: require_approval, approval: {chain: leads}, tests: [{match: git push}]}";
    private const string AllowGit = "- {id: git, match: {commands: [[git]]}, effect: allow}";

    [Fact]
    public void What_no_rule_speaks_of_follows_the_defaults_of_its_class()
    {
        var pilot = Rules.Set(Rules.Policy("p", DenyPush), Rules.Binding("p"));
        var strict = Rules.Set(Rules.Policy("p", DenyPush), Rules.Binding("p"), Rules.Defaults(Strict));

        pilot.Say(Rules.Command("make")).ShouldBe("Allow");
        strict.Say(Rules.Command("make")).ShouldBe("Deny");
        strict.Say(Rules.Edit("a.cs")).ShouldBe("Deny");
        strict.Say(Rules.Call(new(ToolClass.Read))).ShouldBe("Allow");
    }

    [Theory]
    [InlineData("git push", "Deny p/push")]
    [InlineData("git status && git push origin main", "Deny p/push")]
    [InlineData("git status; GIT push", "Deny p/push")]
    [InlineData("git $WHAT", "Deny p/push")]
    [InlineData("$GIT push", "Deny p/push")]
    [InlineData("$(git push)", "Deny p/push")]
    [InlineData("git status", "Allow")]
    [InlineData("git", "Allow")]
    [InlineData("echo git push", "Allow")]
    [InlineData("git commit -m \"$MESSAGE\"", "Allow")]
    public void A_refusal_takes_a_line_in_which_any_command_may_be_what_it_names(string line, string says) =>
        Rules.Set(Rules.Policy("p", DenyPush), Rules.Binding("p")).Say(Rules.Command(line)).ShouldBe(says);

    [Theory]
    [InlineData("git status", "Allow a/git")]
    [InlineData("git status && git log", "Allow a/git")]
    [InlineData("git status && make", "Deny")]
    [InlineData("git status > out", "Deny")]
    [InlineData("git $WHAT", "Deny")]
    [InlineData("git log $(make)", "Deny")]
    [InlineData("FOO=1 git status", "Deny")]
    [InlineData("", "Deny")]
    [InlineData("git status | sh", "Deny")]
    public void An_allow_takes_a_line_only_when_every_command_is_one_that_it_names(string line, string says) =>
        Rules.Set(Rules.Policy("a", AllowGit), Rules.Binding("a"), Rules.Defaults(Strict)).Say(Rules.Command(line)).ShouldBe(says);

    [Fact]
    public void Several_rules_may_allow_a_line_together()
    {
        var set = Rules.Set(Rules.Policy("a", AllowGit), Rules.Policy("b", "- {id: make, match: {commands: [[make]]}, effect: allow}"), Rules.Binding("a"), Rules.Binding("b"), Rules.Defaults(Strict));

        set.Say(Rules.Command("git status && make")).ShouldBe("Allow a/git");
        set.Say(Rules.Command("git status && make && ls")).ShouldBe("Deny");
    }

    [Fact]
    public void What_an_approval_does_not_speak_of_is_not_let_through_by_it()
    {
        var set = Rules.Set(Rules.Chain, Rules.Policy("p", AskPush), Rules.Binding("p"), Rules.Defaults(Strict));

        set.Say(Rules.Command("git push")).ShouldBe("RequireApproval p/ask");
        set.Say(Rules.Command("git push && make")).ShouldBe("Deny");
        set.Say(Rules.Command("git push | sh")).ShouldBe("Deny");
    }

    [Fact]
    public void Deny_wins_over_approval_over_soft_deny_over_allow()
    {
        string[] all = [Rules.Chain, Rules.Policy("p", DenyPush), Rules.Policy("q", AskPush), Rules.Policy("r", AllowGit)];
        var push = Rules.Command("git push");

        Rules.Set([.. all, Rules.Binding("p"), Rules.Binding("q"), Rules.Binding("r")]).Say(push).ShouldBe("Deny p/push");
        Rules.Set([.. all, Rules.Binding("p", "soft"), Rules.Binding("q"), Rules.Binding("r")]).Say(push).ShouldBe("RequireApproval q/ask");
        Rules.Set([.. all, Rules.Binding("p", "soft"), Rules.Binding("q", "off"), Rules.Binding("r")]).Say(push).ShouldBe("SoftDeny p/push");
        Rules.Set([.. all, Rules.Binding("p", "off"), Rules.Binding("q", "off"), Rules.Binding("r")]).Say(push).ShouldBe("Allow r/git");
    }

    [Fact]
    public void Shadow_and_warn_change_nothing_and_are_told()
    {
        var set = Rules.Set(Rules.Chain, Rules.Policy("p", DenyPush), Rules.Policy("q", AskPush), Rules.Binding("p", "shadow"), Rules.Binding("q", "warn"));

        var verdict = set.Judge(Rules.Command("git push"));

        set.SayOf(verdict.Enforced).ShouldBe("Allow");
        set.SayOf(verdict.Shadow).ShouldBe("Deny p/push");
        set.Rules[verdict.Warning].Name.ShouldBe("q/ask");
        (set.IsEmpty, set.Enforces).ShouldBe((false, false));
    }

    [Fact]
    public void An_allow_in_the_shadow_allows_nothing()
    {
        var set = Rules.Set(Rules.Policy("a", AllowGit), Rules.Binding("a", "shadow"), Rules.Defaults(Strict));

        var verdict = set.Judge(Rules.Command("git status"));

        (set.SayOf(verdict.Enforced), set.SayOf(verdict.Shadow)).ShouldBe(("Deny", "Allow a/git"));
    }

    [Theory]
    [InlineData("infra/prod/db.tf", "Deny p/prod")]
    [InlineData("./infra//prod/../prod/db.tf", "Deny p/prod")]
    [InlineData("Infra/PROD/db.tf", "Deny p/prod")]
    [InlineData("/work/repo/infra/prod/db.tf", "Deny p/prod")]
    [InlineData("infra/prod/testdata/db.tf", "Allow")]
    [InlineData("infra/prod/testdata/../db.tf", "Deny p/prod")]
    [InlineData("infra/dev/db.tf", "Allow")]
    [InlineData("a/infra/prod/db.tf", "Allow")]
    public void A_refusal_by_path_takes_the_path_however_it_is_written(string path, string says) =>
        Rules.Set(Rules.Policy("p", """
            - id: prod
              match: {paths: {any: ["infra/prod/**"], none: ["**/testdata/**"]}}
              effect: deny
              tests: [{match: {call.class: edit, call.paths: [infra/prod/a]}}]
            """), Rules.Binding("p")).Say(Rules.Edit("README.md", path)).ShouldBe(says);

    [Theory]
    [InlineData("src/a.cs", "Allow p/src")]
    [InlineData("src/a.cs docs/b.md", "Allow p/src")]
    [InlineData("src/a.cs build.cs", "Deny")]
    [InlineData("src/../../etc/passwd", "Deny")]
    [InlineData("../src/a.cs", "Deny")]
    [InlineData("/src/a.cs", "Deny")]
    [InlineData("~/src/a.cs", "Deny")]
    [InlineData("Src/a.cs", "Deny")]
    [InlineData("src/secret/a.cs", "Deny")]
    [InlineData("src/SECRET/a.cs", "Deny")]
    [InlineData("src", "Deny")]
    [InlineData("", "Deny")]
    public void An_allow_by_path_takes_a_call_only_when_every_path_lies_in_it(string paths, string says) =>
        Rules.Set(Rules.Policy("p", """
            - {id: src, match: {classes: [edit], paths: {any: ["src/**"], none: ["**/secret/**"]}}, effect: allow}
            - {id: docs, match: {classes: [edit], paths: {any: ["docs/**"]}}, effect: allow}
            """), Rules.Binding("p"), Rules.Defaults(Strict)).Say(Rules.Edit(paths.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ShouldBe(says);

    [Fact]
    public void A_narrower_scope_loosens_only_what_is_marked_overridable()
    {
        var payments = Rules.Command("git push", facts => facts.Set(Fact.KeyEnvironment, "dev"));
        string[] rules = [Rules.Policy("p", DenyPush), Rules.Policy("a", AllowGit), Rules.Binding("a", more: "scope: {environments: [dev]}")];

        Rules.Set([.. rules, Rules.Binding("p")]).Say(payments).ShouldBe("Deny p/push");
        Rules.Set([.. rules, Rules.Binding("p", more: "overridable: true")]).Say(payments).ShouldBe("Allow a/git");
        Rules.Set([.. rules, Rules.Binding("p", more: "overridable: true")]).Say(Rules.Command("git push")).ShouldBe("Deny p/push");
        Rules.Set([.. rules, Rules.Binding("p", more: "overridable: true, scope: {environments: [dev]}")]).Say(payments).ShouldBe("Deny p/push");
    }

    [Fact]
    public void An_allow_that_looks_at_what_an_agent_says_of_itself_needs_a_key_that_says_so_too()
    {
        var set = Rules.Set(Rules.Policy("a", "- {id: git, match: {modes: [code], commands: [[git]]}, effect: allow}"), Rules.Binding("a"), Rules.Defaults(Strict));

        set.Say(Rules.Command("git status", Code)).ShouldBe("Deny");
        set.Say(Rules.Command("git status", Code, KeyPins.Mode)).ShouldBe("Allow a/git");

        static void Code(FactValues facts) => facts.Set(Fact.TaskMode, "code");
    }

    [Fact]
    public void A_refusal_takes_what_an_agent_says_of_itself_as_it_is_said()
    {
        var set = Rules.Set(
            Rules.Policy("p", "- {id: push, match: {modes: [code], commands: [[git, push]]}, effect: deny, tests: [{match: git push, with: {task.mode: code}}]}"),
            Rules.Binding("p", more: "scope: {repositories: ['payments/**']}"));

        string Say(string mode, string repository) => set.Say(Rules.Command("git push", facts =>
        {
            facts.Set(Fact.TaskMode, mode);
            facts.Set(Fact.TaskRepository, repository);
        }));

        Say("code", "https://git.example/Payments/api.git").ShouldBe("Deny p/push");
        Say("code", "https://git.example/web/payments").ShouldBe("Allow");
        Say("ask", "payments/api").ShouldBe("Allow");
    }

    [Fact]
    public void Mcp_tools_are_told_by_server_name_and_annotation()
    {
        var set = Rules.Set(Rules.Policy("p", """
            - {id: delete, match: {mcp: {servers: [github], tools: ["delete_*"]}}, effect: deny, tests: [{match: {call.class: mcp, mcp.server: github, mcp.tool: delete_repo}}]}
            - {id: destroy, match: {mcp: {annotations: {destructive: true}}}, effect: deny, tests: [{match: {call.class: mcp, mcp.destructive: true}}]}
            """), Rules.Binding("p"));

        set.Say(Rules.Mcp("github", "delete_repo")).ShouldBe("Deny p/delete");
        set.Say(Rules.Mcp("github", "get_repo", destructive: true)).ShouldBe("Deny p/destroy");
        set.Say(Rules.Mcp("gitlab", "delete_repo")).ShouldBe("Allow");
        set.Say(Rules.Call(new(ToolClass.Other), facts => facts.Set(Fact.McpServer, "github"))).ShouldBe("Allow");
    }
}
