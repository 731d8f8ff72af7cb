using CsCheck;
using Paddock.Core.Policies;
using Paddock.Core.Policies.Authoring;
using Paddock.Core.Policies.Expressions;
using Paddock.Core.Policies.Facts;
using Paddock.Core.Policies.Matching;
using Paddock.Core.Tests.Policies.Mutations;
using Paddock.Core.Tools;
using Paddock.Testing;

namespace Paddock.Core.Tests.Policies.Authoring;

public class PolicyExplanationTests
{
    private const string Strict = "{default: allow, command: deny, edit: deny}";

    [Theory]
    [InlineData("match: {classes: [edit]}", MatchStage.Classes, "edit", "command")]
    [InlineData("match: {tools: [run, exec]}", MatchStage.Tools, "run or exec", "\"bash\"")]
    [InlineData("match: {agents: [codex]}", MatchStage.Agents, "codex", "(not known)")]
    [InlineData("match: {modes: [code, debug]}", MatchStage.Modes, "code or debug", "\"architect\"")]
    [InlineData("match: {models: ['gpt-*']}", MatchStage.Models, "gpt-*", "(not known)")]
    [InlineData("match: {providers: [openai]}", MatchStage.Providers, "openai", "(not known)")]
    [InlineData("match: {principals: [bob]}", MatchStage.Principals, "bob", "\"ada\"")]
    [InlineData("match: {teams: [web]}", MatchStage.Teams, "web", "[\"core\"]")]
    [InlineData("match: {repositories: ['payments/**']}", MatchStage.Repositories, "payments/**", "(not known)")]
    [InlineData("match: {commands: [[git, [push, fetch]], [npm]]}", MatchStage.Commands, "git push|fetch or npm", "git status")]
    [InlineData("match: {paths: {any: [infra/**], none: [infra/x]}}", MatchStage.Paths, "infra/** but not infra/x", "no path")]
    public void A_rule_that_does_not_match_says_where_it_stops_what_it_wants_and_what_the_call_has(string rule, MatchStage stage, string wants, string has)
    {
        var told = Set($"- {{id: r, {rule}, effect: allow}}").Explain(Rules.Command("git status", Known, KeyPins.All)).Rules.Single();

        (told.Stage, told.Wants, told.Has).ShouldBe((stage, wants, has));
    }

    [Fact]
    public void Each_operand_of_a_condition_is_shown_with_its_value_and_its_facts()
    {
        var told = Set("- {id: r, when: \"key.environment == 'prod' && size(call.hosts) > 0 && call.argv[7][0] == 'x'\", effect: allow}").Explain(Rules.Command("curl https://a.test", Known)).Rules.Single();

        told.Stage.ShouldBe(MatchStage.When);
        told.Operands.Select(operand => $"{operand.Text}: {operand.Truth} ({string.Join(", ", operand.Facts)})").ShouldBe(
        [
            "key.environment == 'prod': False (key.environment = (not known))",
            "size(call.hosts) > 0: True (call.hosts = [\"a.test\"])",
            "call.argv[7][0] == 'x': Error (call.argv = [[\"curl\", \"https://a.test\"]])",
        ]);
    }

    [Fact]
    public void What_matches_comes_first_then_what_misses_by_least()
    {
        var set = Set("""
            - {id: a-other, match: {classes: [edit]}, effect: deny, tests: [{match: {call.class: edit}}]}
            - {id: b-command, match: {commands: [[npm]]}, effect: deny, tests: [{match: npm}]}
            - {id: c-mode, match: {commands: [[git]], modes: [code]}, effect: deny, tests: [{match: git, with: {task.mode: code}}]}
            - {id: d-allows, match: {commands: [[git, status]]}, effect: allow}
            - {id: e-denies, match: {commands: [[git, status]], teams: [core]}, effect: deny, tests: [{match: git status, with: {user.teams: [core]}}]}
            """);

        set.Explain(Rules.Command("git status", Known)).Rules.Select(told => told.Rule.Rule.Id).ShouldBe(["e-denies", "d-allows", "c-mode", "b-command", "a-other"]);
    }

    [Fact]
    public void What_no_rule_allows_is_named_command_by_command()
    {
        var set = Set("- {id: git, match: {commands: [[git]]}, effect: allow}", Rules.Defaults(Strict));

        var told = set.Explain(Rules.Command("git status && npm test && curl https://a.test"));

        told.Verdict.Effect.ShouldBe(Effect.Deny);
        told.LeftToDefaults.ShouldBe(["npm test", "curl https://a.test"]);
        told.Rules.Single().SpeaksOf.ShouldBe(["git status"]);
        set.Explain(Rules.Command("git status")).LeftToDefaults.ShouldBeEmpty();
        set.Explain(Rules.Command("eval \"$X\"")).LeftToDefaults.ShouldNotBeEmpty();
    }

    [Fact]
    public void Where_a_rule_is_bound_and_who_may_be_believed_are_stages_too()
    {
        var set = Rules.Set(Rules.Policy("p", "- {id: r, match: {modes: [code]}, effect: allow}"), Rules.Binding("p", more: "scope: {environments: [prod]}"));

        Told(set, Rules.Command("ls", facts => facts.Set(Fact.TaskMode, "code"))).ShouldBe((MatchStage.Scope, "environment prod", "environment (not known)"));
        Told(set, Rules.Command("ls", InProd)).ShouldBe((MatchStage.Pins, "a key that pins mode", "only the agent's own word"));
        Told(set, Rules.Command("ls", InProd, KeyPins.Mode)).ShouldBe((MatchStage.Matched, null, null));

        static void InProd(FactValues facts)
        {
            facts.Set(Fact.TaskMode, "code");
            facts.Set(Fact.KeyEnvironment, "prod");
        }

        static (MatchStage, string?, string?) Told(PolicySet set, PolicySubject subject) => set.Explain(subject).Rules.Single() is var told ? (told.Stage, told.Wants, told.Has) : default;
    }

    [Fact]
    public void A_refusal_that_a_narrower_allow_overrides_says_so()
    {
        var set = Rules.Set(
            Rules.Policy("company", "- {id: git, match: {commands: [[git]]}, effect: deny, tests: [{match: git}]}"), Rules.Binding("company", more: "overridable: true"),
            Rules.Policy("team", "- {id: git, match: {commands: [[git]]}, effect: allow}"), Rules.Binding("team", more: "scope: {teams: [core]}"));

        set.Explain(Rules.Command("git status", Known)).Rules.Single(told => told.Rule.Name == "company/git").Overridden.ShouldBeTrue();
        set.Explain(Rules.Command("git status")).Rules.Single(told => told.Rule.Name == "company/git").Overridden.ShouldBeFalse();
    }

    [Fact]
    public void A_line_that_is_more_than_words_says_what_the_rule_does_not_look_at()
    {
        var told = Set("- {id: git, match: {commands: [[git]]}, effect: allow}").Explain(Rules.Command("A=1 git log > out")).Rules.Single();

        (told.Stage, told.Has).ShouldBe((MatchStage.Legibility, "call.writesTo, call.env"));
    }

    [Fact]
    public void An_explanation_says_what_judging_says()
    {
        var set = Rules.Set(SampleRules.Release, Rules.Policy("more", "- {id: git, match: {commands: [[git], [ls]]}, effect: allow}"), Rules.Binding("more"), Rules.Defaults(Strict));
        var line = Gen.OneOfConst("git push", "git status", "ls", "curl https://a.test https://b.test", "eval $X", "cat secrets/a/b", "git push -f > out").Array[1, 3].Select(lines => string.Join(" && ", lines));

        Gen.Select(line, Gen.OneOfConst("prod", "dev", ""), Gen.Bool).Sample(
            (text, environment, known) =>
            {
                var subject = Rules.Command(text, facts => facts.Set(Fact.KeyEnvironment, environment.Length == 0 ? null : environment), known ? KeyPins.All : KeyPins.None);
                var verdict = set.Judge(subject);
                var told = set.Explain(subject);
                var strongest = told.Rules.Where(rule => rule.Stage == MatchStage.Matched && !rule.Overridden).Select(rule => rule.Rule.Rule.Effect).DefaultIfEmpty(Effect.Allow).Max();

                return told.Verdict.Enforced == verdict.Enforced && told.Rules.Length == set.Rules.Length
                    && (verdict.Rule < 0 ? strongest == Effect.Allow : told.Rules[0].Rule == set.Rules[verdict.Rule] && strongest == verdict.Effect);
            },
            iter: Samples.Of(300), seed: "0000KOqZzdN0");
    }

    /// <summary>Judging looks at fewer rules than there are: those that an index finds. An explanation asks them all.</summary>
    [Fact]
    public void No_rule_that_matches_a_path_is_passed_over_whatever_a_shell_may_make_of_it()
    {
        var names = new[] { "prod", ".env", "Secrets", "a", "key.pem", "x1" };
        var patterns = names.SelectMany(name => new[] { $"**/{name}", $"{name}/**", $"~/{name}/*", $"/etc/{name}", $"**/{name}/**/b*" }).ToList();
        var sets = patterns.ConvertAll(pattern => Rules.Set(
            Rules.Policy("p", $"- {{id: r, match: {{paths: {{any: [\"{pattern}\"]}}}}, effect: deny, tests: [{{match: {{call.class: edit, call.paths: ['{pattern.Replace("**", "q/w", StringComparison.Ordinal).Replace("*", "bb", StringComparison.Ordinal)}']}}}}]}}"), Rules.Binding("p")));
        var part = Gen.OneOf(Gen.OneOfConst(names), Gen.OneOfConst("*", "?", "pro?", "*od", ".e*", "[ps]*", "{a,prod}", "key.*", "$X", "x$Y", "`pwd`", "..", "~", "b", "bb", "SECRETS", "[.]env", "x[0-9]"));
        var pcg = new PCG(7, 20_261_126);

        for (var i = Samples.Of(500); i > 0; i--)
        {
            var path = (i % 3 == 0 ? "/" : "") + string.Join('/', part.Array[1, 4].Generate(pcg, null, out _));
            var subject = Rules.Command($"cat {path}");
            foreach (var set in sets)
            {
                (set.Judge(subject).Effect == Effect.Deny).ShouldBe(set.Explain(subject).Rules.Single().Stage is MatchStage.Matched, path);
            }
        }
    }

    private static PolicySet Set(string rules, string more = "") => Rules.Set(Rules.Policy("p", rules), Rules.Binding("p"), more);

    private static void Known(FactValues facts)
    {
        facts.Set(Fact.TaskMode, "architect");
        facts.Set(Fact.UserId, "ada");
        facts.Set(Fact.UserTeams, ["core"]);
    }
}
