using System.Text;
using System.Text.Json;
using Paddock.Control;
using Paddock.Control.Approvals;
using Paddock.Simulator;
using Paddock.Testing;

namespace Paddock.EndToEnd.Tests.Agents;

/// <summary>Real agents whose hooks ask Paddock: with a provider of their own, and beside the gateway.</summary>
public sealed class HookedAgentTests
{
    private const string Proof = "paddock-proof.txt";

    private static string Rule(string effect) => $"""
        ---
        apiVersion: paddock/v1alpha1
        kind: ApprovalChain
        metadata: {"{name: leads, owner: tests}"}
        spec:
          steps: {"[{anyOf: {teams: [leads]}}]"}
        ---
        apiVersion: paddock/v1alpha1
        kind: Policy
        metadata: {"{name: proofs, owner: tests}"}
        spec:
          rules:
          - id: no-proofs
            match: {"{commands: [[echo, paddock-was-here]]}"}
            effect: {effect}
            because: Proof files come from the build
            tests: [{"{match: echo paddock-was-here}, {notMatch: ls}"}]
        ---
        apiVersion: paddock/v1alpha1
        kind: PolicyBinding
        metadata: {"{name: proofs, owner: tests}"}
        spec: {"{policy: proofs, enforcement: enforce}"}
        """;

    [Fact]
    public Task Codex_is_refused_by_its_hook_though_its_model_is_elsewhere() => RefuseAsync(AgentRecipes.Codex, CodexHook);

    [Fact]
    public Task Opencode_is_refused_by_its_plugin_though_its_model_is_elsewhere() => RefuseAsync(AgentRecipes.OpenCode, OpenCodePlugin);

    [Fact]
    public Task Codex_with_hook_and_gateway_runs_an_approved_command_once_for_one_approval() => ApproveAsync(AgentRecipes.Codex, CodexHook);

    [Fact]
    public Task Opencode_with_plugin_and_gateway_runs_an_approved_command_once_for_one_approval() => ApproveAsync(AgentRecipes.OpenCode, OpenCodePlugin);

    [Fact]
    public Task Codex_with_hook_and_gateway_is_told_of_a_refusal_once_and_goes_on() => RefuseBothAsync(AgentRecipes.Codex, CodexHook);

    [Fact]
    public async Task Opencode_runs_nothing_when_its_plugin_cannot_reach_paddock()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var home = new AgentHome();
        await using var provider = await SimulatedProvider.StartAsync(new(), cancellationToken);
        var recipe = OpenCodePlugin(AgentRecipes.OpenCode, home, "http://127.0.0.1:9", "pk_none");

        var end = await recipe.RunAsync(home, Direct(provider), "Write the proof file.", cancellationToken);

        end.ExitCode.ShouldBe(0, end.Output);
        File.Exists(Path.Combine(home.Work, Proof)).ShouldBeFalse(end.Output);
    }

    private static async Task RefuseAsync(AgentRecipe agent, Func<AgentRecipe, AgentHome, string, string, AgentRecipe> hook)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var home = new AgentHome();
        await using var provider = await SimulatedProvider.StartAsync(new() { KeepBodies = true }, cancellationToken);
        await using var paddock = await ServedPaddock.StartAsync(provider, home.WriteBeside("release/policy.yaml", Rule("deny")), cancellationToken);
        var key = await paddock.CreateKeyAsync("alice", ["--tools"], cancellationToken);

        var end = await hook(agent, home, paddock.Url, key).RunAsync(home, Direct(provider), "Write the proof file.", cancellationToken);

        end.ExitCode.ShouldBe(0, end.Output);
        File.Exists(Path.Combine(home.Work, Proof)).ShouldBeFalse(end.Output);
        provider.Truth.Newest(100).Select(entry => Encoding.UTF8.GetString(entry.RequestBody!))
            .ShouldContain(body => body.Contains("Paddock: Refused by policy. Proof files come from the build. Decision dec_", StringComparison.Ordinal), end.Output);
        end.Output.ShouldContain("All done", customMessage: end.Output);
        (await paddock.CallsAsync(agent.Agent, cancellationToken)).ShouldBeEmpty();
    }

    private static async Task RefuseBothAsync(AgentRecipe agent, Func<AgentRecipe, AgentHome, string, string, AgentRecipe> hook)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var home = new AgentHome();
        await using var provider = await SimulatedProvider.StartAsync(new() { KeepBodies = true }, cancellationToken);
        // The hook would refuse even Paddock's own harmless command, if it were judged.
        await using var paddock = await ServedPaddock.StartAsync(provider, home.WriteBeside("release/policy.yaml", Rule("deny").Replace("[echo, paddock-was-here]", "[echo]", StringComparison.Ordinal)), cancellationToken);
        var key = await paddock.CreateKeyAsync("alice", ["--tools"], cancellationToken);

        var end = await hook(agent, home, paddock.Url, key).RunAsync(home, new(paddock.Url, key, "paddock-sim"), "Write the proof file.", cancellationToken);

        end.ExitCode.ShouldBe(0, end.Output);
        File.Exists(Path.Combine(home.Work, Proof)).ShouldBeFalse(end.Output);
        end.Output.ShouldNotContain("blocked by PreToolUse", customMessage: end.Output);
        end.Output.ShouldContain("All done", customMessage: end.Output);
    }

    private static async Task ApproveAsync(AgentRecipe agent, Func<AgentRecipe, AgentHome, string, string, AgentRecipe> hook)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var home = new AgentHome();
        await using var provider = await SimulatedProvider.StartAsync(new(), cancellationToken);
        await using var paddock = await ServedPaddock.StartAsync(provider, home.WriteBeside("release/policy.yaml", Rule("require_approval\n    approval: {chain: leads}")), cancellationToken);
        var key = await paddock.CreateKeyAsync("alice", ["--tools"], cancellationToken);
        await paddock.CommandAsync(["user", "create", "ada", "--team", "leads"], cancellationToken);
        var lead = (await paddock.CommandAsync(["key", "create", "--name", "decides", "--user", "ada", "--control", "approver"], cancellationToken)).Trim();

        var run = hook(agent, home, paddock.Url, key).RunAsync(home, new(paddock.Url, key, "paddock-sim"), "Write the proof file.", cancellationToken);
        await paddock.CommandAsync(["approvals", "approve", await PendingAsync(paddock, lead, run, cancellationToken), "--reason", "looked at it"], cancellationToken, lead);
        var end = await run;

        end.ExitCode.ShouldBe(0, end.Output);
        (await File.ReadAllTextAsync(Path.Combine(home.Work, Proof), cancellationToken)).ShouldBe("paddock-was-here\n", end.Output);
        (await ListAsync(paddock, null, lead, cancellationToken)).ShouldHaveSingleItem().Uses.ShouldBe(1);
    }

    /// <summary>A hook of the user's own, which Codex runs unasked only when it is told to.</summary>
    private static AgentRecipe CodexHook(AgentRecipe agent, AgentHome home, string url, string key) => agent with
    {
        Prepare = (to, attachment) =>
        {
            agent.Prepare(to, attachment);
            var settings = Path.Combine(home.Home, ".codex", "config.toml");
            File.AppendAllText(settings, $$"""


                [[hooks.PreToolUse]]
                [[hooks.PreToolUse.hooks]]
                type = "command"
                command = "PADDOCK_KEY_FILE='{{KeyFile(home, key)}}' dotnet '{{Path.Combine(AppContext.BaseDirectory, "paddock-hook.dll")}}' --agent codex --url {{url}}"
                timeout = 60
                """);
        },
        Arguments = (attachment, to, prompt) => [.. agent.Arguments(attachment, to, prompt).SkipLast(1), "--dangerously-bypass-hook-trust", prompt],
    };

    private static AgentRecipe OpenCodePlugin(AgentRecipe agent, AgentHome home, string url, string key)
    {
        var plugin = RepositoryFolder.Of("examples", "hooks", "paddock-opencode.js");
        home.WriteHome(".config/opencode/plugin/paddock.js", File.ReadAllText(plugin));
        return agent with { Environment = new Dictionary<string, string>(agent.Environment) { ["PADDOCK_URL"] = url, ["PADDOCK_KEY_FILE"] = KeyFile(home, key) } };
    }

    private static string KeyFile(AgentHome home, string key)
    {
        var file = Path.Combine(home.WriteBeside("keys/tools.key", key), "tools.key");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return file;
    }

    /// <summary>The provider itself, without Paddock between.</summary>
    private static Attachment Direct(SimulatedProvider provider) => new(provider.BaseUrl.ToString().TrimEnd('/'), "sk-own", "paddock-sim");

    private static async Task<string> PendingAsync(ServedPaddock paddock, string key, Task<ProgramEnd> run, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await ListAsync(paddock, "pending", key, cancellationToken) is [var first, ..])
            {
                return first.Id;
            }

            run.IsCompleted.ShouldBeFalse(run.IsCompletedSuccessfully ? (await run).Output : "");
        }
    }

    private static async Task<IReadOnlyList<ApprovalView>> ListAsync(ServedPaddock paddock, string? state, string key, CancellationToken cancellationToken)
    {
        var list = await paddock.CommandAsync(["approvals", "list", "--state", state ?? "all", "--json"], cancellationToken, key);
        return JsonSerializer.Deserialize(list, ControlJson.Default.ApprovalList)!.Approvals; // the command prints a list
    }
}
