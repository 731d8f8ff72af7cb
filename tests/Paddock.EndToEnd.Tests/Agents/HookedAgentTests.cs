using System.Text;
using Paddock.Simulator;

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
    public Task Claude_code_is_refused_by_its_hook_and_goes_on_though_its_model_is_elsewhere() => RefuseAsync(AgentRecipes.ClaudeCode, HookRecipes.ClaudeCode);

    [Fact, Trait("In", "soak")]
    public Task Cline_is_refused_by_its_hook_and_goes_on_though_its_model_is_elsewhere() => RefuseAsync(AgentRecipes.Cline, HookRecipes.Cline);

    [Fact]
    public Task Codex_is_refused_by_its_hook_and_goes_on_though_its_model_is_elsewhere() => RefuseAsync(AgentRecipes.Codex, HookRecipes.Codex);

    [Fact, Trait("In", "soak")]
    public Task Copilot_is_refused_by_its_hook_and_goes_on_though_its_model_is_elsewhere() => RefuseAsync(AgentRecipes.Copilot, HookRecipes.Copilot);

    [Fact, Trait("In", "soak")]
    public Task Opencode_is_refused_by_its_plugin_and_goes_on_though_its_model_is_elsewhere() => RefuseAsync(AgentRecipes.OpenCode, HookRecipes.OpenCode);

    [Fact, Trait("In", "soak")]
    public Task Claude_code_with_hook_and_gateway_runs_an_approved_command_once_for_one_approval() => ApproveAsync(AgentRecipes.ClaudeCode, HookRecipes.ClaudeCode);

    [Fact, Trait("In", "soak")]
    public Task Cline_with_hook_and_gateway_runs_an_approved_command_once_for_one_approval() => ApproveAsync(AgentRecipes.Cline, HookRecipes.Cline);

    [Fact, Trait("In", "soak")]
    public Task Codex_with_hook_and_gateway_runs_an_approved_command_once_for_one_approval() => ApproveAsync(AgentRecipes.Codex, HookRecipes.Codex);

    [Fact, Trait("In", "soak")]
    public Task Copilot_with_hook_and_gateway_runs_an_approved_command_once_for_one_approval() => ApproveAsync(AgentRecipes.Copilot, HookRecipes.Copilot);

    [Fact, Trait("In", "soak")]
    public Task Opencode_with_plugin_and_gateway_runs_an_approved_command_once_for_one_approval() => ApproveAsync(AgentRecipes.OpenCode, HookRecipes.OpenCode);

    [Fact, Trait("In", "soak")]
    public Task Codex_with_hook_and_gateway_is_told_of_a_refusal_once_and_goes_on() => RefuseBothAsync(AgentRecipes.Codex, HookRecipes.Codex);

    [Fact, Trait("In", "soak")]
    public Task Copilot_with_hook_and_gateway_is_told_of_a_refusal_once_and_goes_on() => RefuseBothAsync(AgentRecipes.Copilot, HookRecipes.Copilot);

    [Fact]
    public Task Claude_code_runs_nothing_when_its_hook_cannot_reach_paddock() => ReachNothingAsync(AgentRecipes.ClaudeCode, HookRecipes.ClaudeCode);

    [Fact, Trait("In", "soak")]
    public Task Cline_runs_nothing_when_its_hook_cannot_reach_paddock() => ReachNothingAsync(AgentRecipes.Cline, HookRecipes.Cline);

    [Fact, Trait("In", "soak")]
    public Task Copilot_runs_nothing_when_its_hook_cannot_reach_paddock() => ReachNothingAsync(AgentRecipes.Copilot, HookRecipes.Copilot);

    [Fact, Trait("In", "soak")]
    public Task Opencode_runs_nothing_when_its_plugin_cannot_reach_paddock() => ReachNothingAsync(AgentRecipes.OpenCode, HookRecipes.OpenCode);

    private static async Task RefuseAsync(AgentRecipe agent, Func<AgentRecipe, AgentHome, string, string, AgentRecipe> hook)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var home = new AgentHome();
        await using var provider = await SimulatedProvider.StartAsync(new() { KeepBodies = true, Then = ["touch allowed.txt"] }, cancellationToken);
        await using var paddock = await ServedPaddock.StartAsync(provider, home.WriteBeside("release/policy.yaml", Rule("deny")), cancellationToken);
        var key = await paddock.CreateKeyAsync("alice", ["--tools", .. agent.KeyOptions], cancellationToken);

        var end = await hook(agent, home, paddock.Url, key).RunAsync(home, Direct(provider), "Write the proof file.", cancellationToken);

        end.ExitCode.ShouldBe(0, end.Output);
        File.Exists(Path.Combine(home.Work, Proof)).ShouldBeFalse(end.Output);
        File.Exists(Path.Combine(home.Work, "allowed.txt")).ShouldBeTrue(end.Output);
        provider.Truth.Newest(100).Select(entry => Encoding.UTF8.GetString(entry.RequestBody!))
            .ShouldContain(body => body.Contains("Paddock: Refused by policy. Proof files come from the build. Decision dec_", StringComparison.Ordinal), end.Output);
        end.Output.ShouldContain("All done", customMessage: end.Output);
        (await paddock.CallsAsync(agent.Agent, cancellationToken)).ShouldBeEmpty();
    }

    private static async Task ReachNothingAsync(AgentRecipe agent, Func<AgentRecipe, AgentHome, string, string, AgentRecipe> hook)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var home = new AgentHome();
        await using var provider = await SimulatedProvider.StartAsync(new(), cancellationToken);

        var end = await hook(agent, home, "http://127.0.0.1:9", "pk_none").RunAsync(home, Direct(provider), "Write the proof file.", cancellationToken);

        end.ExitCode.ShouldBe(0, end.Output);
        provider.Truth.Newest(1).ShouldNotBeEmpty(end.Output);
        File.Exists(Path.Combine(home.Work, Proof)).ShouldBeFalse(end.Output);
    }

    private static async Task RefuseBothAsync(AgentRecipe agent, Func<AgentRecipe, AgentHome, string, string, AgentRecipe> hook)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var home = new AgentHome();
        await using var provider = await SimulatedProvider.StartAsync(new() { KeepBodies = true }, cancellationToken);
        // The hook would refuse even Paddock's own harmless command, if it were judged.
        await using var paddock = await ServedPaddock.StartAsync(provider, home.WriteBeside("release/policy.yaml", Rule("deny").Replace("[echo, paddock-was-here]", "[echo]", StringComparison.Ordinal)), cancellationToken);
        var key = await paddock.CreateKeyAsync("alice", ["--tools", .. agent.KeyOptions], cancellationToken);

        var end = await hook(agent, home, paddock.Url, key).RunAsync(home, new(paddock.Url, key, "paddock-sim"), "Write the proof file.", cancellationToken);

        end.ExitCode.ShouldBe(0, end.Output);
        File.Exists(Path.Combine(home.Work, Proof)).ShouldBeFalse(end.Output);
        end.Output.ShouldNotContain("PreToolUse hook", Case.Insensitive, end.Output);
        end.Output.ShouldContain("All done", customMessage: end.Output);
    }

    private static async Task ApproveAsync(AgentRecipe agent, Func<AgentRecipe, AgentHome, string, string, AgentRecipe> hook)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var home = new AgentHome();
        await using var provider = await SimulatedProvider.StartAsync(new(), cancellationToken);
        await using var paddock = await ServedPaddock.StartAsync(provider, home.WriteBeside("release/policy.yaml", Rule("require_approval\n    approval: {chain: leads}")), cancellationToken);
        var key = await paddock.CreateKeyAsync("alice", ["--tools", .. agent.KeyOptions], cancellationToken);
        var lead = await paddock.CreateApproverAsync(cancellationToken);

        var run = hook(agent, home, paddock.Url, key).RunAsync(home, new(paddock.Url, key, "paddock-sim"), "Write the proof file.", cancellationToken);
        await paddock.ApproveAsync((await paddock.PendingAsync(lead, run, cancellationToken)).Id, lead, cancellationToken);
        var end = await run;

        end.ExitCode.ShouldBe(0, end.Output);
        (await File.ReadAllTextAsync(Path.Combine(home.Work, Proof), cancellationToken)).ShouldBe("paddock-was-here\n", end.Output);
        (await paddock.ApprovalsAsync("all", lead, cancellationToken)).ShouldHaveSingleItem().Uses.ShouldBe(1);
    }

    /// <summary>The provider itself, without Paddock between.</summary>
    private static Attachment Direct(SimulatedProvider provider) => new(provider.BaseUrl.ToString().TrimEnd('/'), "sk-own", "paddock-sim");
}
