using System.Text;
using Paddock.Core.Policies;
using Paddock.Core.Policies.Facts;
using Paddock.Core.Releases;
using Paddock.Core.Snapshot;
using Paddock.Core.Tools;
using Paddock.Core.Tools.Shell;

namespace Paddock.Benchmarks.Policies;

/// <summary>A company's rules and the calls of its agents, made up: as many kinds of rules as people write, over as many names.</summary>
internal static class ManyRules
{
    private static readonly string[] programs = ["git", "npm", "pnpm", "yarn", "docker", "kubectl", "helm", "terraform", "aws", "gcloud", "az", "cargo", "dotnet", "make", "pip", "uv", "go", "gh", "psql", "redis-cli", "curl", "wget", "ssh", "scp", "rsync", "systemctl", "rm", "chmod", "dd", "find"];
    private static readonly string[] verbs = ["push", "publish", "apply", "delete", "exec", "login", "run", "install", "deploy", "rollback", "destroy", "import"];
    private static readonly string[] teams = ["core", "web", "data", "platform", "payments", "mobile", "search", "ops"];

    public static PolicySet Build(int count)
    {
        var text = new StringBuilder("apiVersion: paddock/v1alpha1\nkind: Policy\nmetadata: {name: company, owner: bench}\nspec:\n  rules:\n");
        for (var i = 0; i < count; i++)
        {
            text.Append("  - ").Append(Rule(i)).Append('\n');
        }

        text.Append("---\napiVersion: paddock/v1alpha1\nkind: PolicyBinding\nmetadata: {name: company, owner: bench}\nspec: {policy: company, enforcement: enforce}\n");
        return ReleaseLoader.Load([new("bench.yaml", text.ToString())]) switch
        {
            LoadOutcome.Loaded loaded => SnapshotBuilder.Build(loaded.Content).Policies,
            LoadOutcome.Rejected rejected => throw new InvalidOperationException(string.Join('\n', rejected.Faults.Take(5))),
            _ => throw new InvalidOperationException("No outcome."),
        };
    }

    public static PolicySubject[] Calls() =>
    [
        Command("git status && git diff --stat"),
        Command("npm run build 2>&1 | tail -20"),
        Command("dotnet test --filter Category=fast && git add -A && git commit -m 'a fix'"),
        Command("grep -rn \"needle\" src --include=*.cs"),
        Command("for f in src/*.ts; do npx prettier --write \"$f\"; done"),
        Command("kubectl get pods -n payments"),
        Tool("edit", ToolClass.Edit, "src/app/pages/invoice/summary.tsx"),
        Tool("apply_patch", ToolClass.Edit, "src/api/orders.cs", "src/api/orders.tests.cs", "docs/orders.md"),
        Tool("read", ToolClass.Read, "/home/ada/work/payments-api/src/config/settings.json"),
        Call("mcp__server7__get_issue", new(ToolClass.Mcp)),
    ];

    private static string Rule(int i)
    {
        var program = programs[i % programs.Length];
        return (i % 10) switch
        {
            // Conditions: every fiftieth rule has nothing else, so that it is evaluated for every command; every tenth has one behind its match.
            _ when i % 50 == 49 => $"{{id: r{i}, match: {{classes: [command]}}, when: \"call.hosts.exists(h, !h.inDomain('corp{i}.example')) && call.argv.exists(c, c[0] in ['curl', 'wget'] && c.exists(w, w == '-T{i}'))\", effect: deny, tests: [{{match: curl -T{i} https://a.test}}]}}",
            3 => $"{{id: r{i}, match: {{commands: [[{program}]]}}, when: \"key.environment == 'prod{i}' && !('lead' in user.teams) && call.writesTo.exists(p, p.glob('area{i}/**'))\", effect: deny, tests: [{{match: {program} a > area{i}/b, with: {{key.environment: prod{i}}}}}]}}",
            0 or 1 or 2 => $"{{id: r{i}, match: {{commands: [[{program}, [{verbs[i % verbs.Length]}-{i}, {verbs[(i + 1) % verbs.Length]}-{i}]]]}}, effect: deny, tests: [{{match: {program} {verbs[i % verbs.Length]}-{i}}}]}}",
            4 => $"{{id: r{i}, match: {{commands: [[{program}]], teams: [{teams[i % teams.Length]}-{i}]}}, effect: allow}}",
            5 or 6 => $"{{id: r{i}, match: {{classes: [edit, read, command], paths: {{any: [\"area{i}/prod/**\", \"**/secret{i}.json\"], none: [\"**/testdata/**\"]}}}}, effect: deny, tests: [{{match: {{call.class: edit, call.paths: [area{i}/prod/x]}}}}]}}",
            7 => $"{{id: r{i}, match: {{mcp: {{servers: [server{i % 50}], tools: [\"delete_{i}_*\"]}}}}, effect: deny, tests: [{{match: {{call.class: mcp, mcp.server: server{i % 50}, mcp.tool: delete_{i}_x}}}}]}}",
            8 => $"{{id: r{i}, match: {{tools: [tool{i}], modes: [code, architect]}}, effect: deny, tests: [{{match: {{call.tool: tool{i}, task.mode: code}}}}]}}",
            _ => $"{{id: r{i}, match: {{classes: [command], teams: [{teams[i % teams.Length]}], repositories: [\"group{i}/**\"]}}, effect: deny, tests: [{{match: ls, with: {{user.teams: [{teams[i % teams.Length]}], task.repository: group{i}/a}}}}]}}",
        };
    }

    private static PolicySubject Command(string line) => Call("bash", new(ToolClass.Command) { Line = ShellReader.Read(line, ShellDialect.Posix) });

    private static PolicySubject Tool(string name, ToolClass tool, params string[] paths) => Call(name, new(tool) { Paths = paths });

    private static PolicySubject Call(string tool, CallArguments call)
    {
        var facts = new FactValues();
        facts.Set(Fact.CallTool, tool);
        facts.Set(Fact.AgentId, "codex");
        facts.Set(Fact.TaskMode, "code");
        facts.Set(Fact.TaskRepository, "https://git.example/web/shop");
        facts.Set(Fact.UserId, "ada");
        facts.Set(Fact.UserTeams, ["web"]);
        facts.Set(Fact.KeyEnvironment, "dev");
        if (call.Class == ToolClass.Mcp)
        {
            facts.Set(Fact.McpServer, "server7");
            facts.Set(Fact.McpTool, "get_issue");
        }

        return new(facts, call, KeyPins.None);
    }
}
