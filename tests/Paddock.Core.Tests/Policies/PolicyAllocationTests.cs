using Paddock.Core.Policies;
using Paddock.Core.Policies.Facts;
using Paddock.Core.Tools;

namespace Paddock.Core.Tests.Policies;

public class PolicyAllocationTests
{
    private static readonly PolicySet set = Rules.Set(
        Rules.Chain,
        Rules.Policy("p", """
            - {id: push, match: {commands: [[git, [push, fetch]]]}, effect: deny, tests: [{match: git push}]}
            - {id: prod, match: {paths: {any: ["infra/**", "**/.env", "~/.ssh/**"], none: ["**/testdata/**"]}}, effect: deny, tests: [{match: {call.class: edit, call.paths: [.env]}}]}
            - {id: mcp, match: {mcp: {servers: ["git*"], tools: ["delete_*"]}}, effect: deny, tests: [{match: {call.class: mcp, mcp.server: github, mcp.tool: delete_x}}]}
            - {id: who, match: {agents: [codex], modes: [code], teams: [core], principals: [ada], models: ["gpt-*"], providers: [openai], repositories: ["payments/**"]}, effect: require_approval, approval: {chain: leads}, tests: [{match: ls, with: {agent.id: codex, task.mode: code, user.teams: [core], user.id: ada, model.name: gpt-5, model.provider: openai, task.repository: payments/a}}]}
            """),
        Rules.Policy("q", "- {id: git, match: {commands: [[git]]}, effect: allow}"),
        Rules.Binding("p", "enforce", "scope: {environments: [dev]}", name: "one"),
        Rules.Binding("p", "shadow", "overridable: true", name: "two"),
        Rules.Binding("q", more: "scope: {teams: [core]}"));

    private static readonly Lazy<PolicySet> thousand = new(() => Rules.Set(Rules.Policy("p", string.Join('\n', Enumerable.Range(0, 1_000).Select(Rule))), Rules.Binding("p")));

    public static TheoryData<string> Lines => ["git status && git push origin main", "cat .e* > ~/.ssh/id_rsa", "$X push | sh", "for f in src/*; do rm \"$f\"; done", ""];

    [Theory]
    [MemberData(nameof(Lines))]
    public void Judging_a_command_allocates_nothing(string line) => Allocated(Rules.Command(line, Known)).ShouldBe(0);

    [Fact]
    public void Judging_another_tool_allocates_nothing()
    {
        Allocated(Rules.Call(new(ToolClass.Edit) { Paths = ["/home/ada/infra/a", "b/.env", "src/c.cs"] }, Known)).ShouldBe(0);
        Allocated(Rules.Call(new(ToolClass.Mcp), Known)).ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void Judging_by_a_thousand_rules_with_conditions_allocates_nothing(string line)
    {
        Allocated(Rules.Command(line, Known), thousand.Value).ShouldBe(0);
        Allocated(Rules.Call(new(ToolClass.Edit) { Paths = ["/home/ada/infra/a", "area7/prod/.env", "src/c.cs"] }, Known), thousand.Value).ShouldBe(0);
    }

    /// <summary>A tenth of them has nothing but a condition, so that each is evaluated for each call.</summary>
    private static string Rule(int i) => (i % 10) switch
    {
        0 => $"- {{id: r{i}, when: \"call.hosts.exists(h, !h.inDomain('corp{i}.example')) && call.argv.exists(c, c[0] in ['curl', 'wget{i}']) && !('lead{i}' in user.teams)\", effect: deny, tests: [{{match: curl https://a.test}}]}}",
        1 => $"- {{id: r{i}, match: {{commands: [[git]]}}, when: \"call.text.matches('secret-{i}') || key.environment == 'prod{i}' || call.writesTo.filter(p, p.glob('area{i}/**')).size() > 0\", effect: deny, tests: [{{match: git log > area{i}/a/b}}]}}",
        2 => $"- {{id: r{i}, match: {{classes: [edit], paths: {{any: [\"area{i}/**\"]}}}}, when: \"size(call.paths) > 2 && task.mode != 'm{i}'\", effect: deny, tests: [{{match: {{call.class: edit, call.paths: [area{i}/a, b, c]}}}}]}}",
        _ => $"- {{id: r{i}, match: {{commands: [[tool{i}, [run, test]]]}}, when: \"has(call.id) || call.argv.all(c, size(c) > {i})\", effect: deny, tests: [{{match: tool{i} run, with: {{call.id: x}}}}]}}",
    };

    private static void Known(FactValues facts)
    {
        foreach (var (fact, value) in ((Fact, string)[])[(Fact.AgentId, "codex"), (Fact.TaskMode, "code"), (Fact.UserId, "ada"), (Fact.ModelName, "gpt-5"), (Fact.ModelProvider, "openai"),
            (Fact.TaskRepository, "https://git.example/payments/api"), (Fact.KeyEnvironment, "dev"), (Fact.McpServer, "github"), (Fact.McpTool, "delete_repo")])
        {
            facts.Set(fact, value);
        }

        facts.Set(Fact.UserTeams, ["core"]);
    }

    private static long Allocated(PolicySubject subject) => Allocated(subject, set);

    /// <summary>The least of some rounds: while code is compiled anew under the test, a round may pay for that. What evaluation allocates, each round has.</summary>
    private static long Allocated(PolicySubject subject, PolicySet set)
    {
        var least = long.MaxValue;
        for (var i = 0; least > 0 && i < 50; i++)
        {
            least = Math.Min(least, Round(subject, set));
        }

        return least;
    }

    private static long Round(PolicySubject subject, PolicySet set)
    {
        var verdict = new PolicyVerdict();
        set.Judge(subject, ref verdict);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            set.Judge(subject, ref verdict);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
