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

    private static void Known(FactValues facts)
    {
        foreach (var (fact, value) in ((Fact, string)[])[(Fact.AgentId, "codex"), (Fact.TaskMode, "code"), (Fact.UserId, "ada"), (Fact.ModelName, "gpt-5"), (Fact.ModelProvider, "openai"),
            (Fact.TaskRepository, "https://git.example/payments/api"), (Fact.KeyEnvironment, "dev"), (Fact.McpServer, "github"), (Fact.McpTool, "delete_repo")])
        {
            facts.Set(fact, value);
        }

        facts.Set(Fact.UserTeams, ["core"]);
    }

    private static long Allocated(PolicySubject subject)
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
