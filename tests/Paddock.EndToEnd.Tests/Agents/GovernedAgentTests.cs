using System.Text;
using System.Text.Json;
using Paddock.Control;
using Paddock.Control.Approvals;
using Paddock.Simulator;

namespace Paddock.EndToEnd.Tests.Agents;

/// <summary>Real agents whose shell calls a policy judges in the model's answer.</summary>
public sealed class GovernedAgentTests
{
    private const string Proof = "paddock-proof.txt";

    private const string Chain = """
        ---
        apiVersion: paddock/v1alpha1
        kind: ApprovalChain
        metadata: {name: leads, owner: tests}
        spec:
          steps: [{anyOf: {teams: [leads]}}]

        """;

    private static string Rule(string effect) => Chain + $"""
        ---
        apiVersion: paddock/v1alpha1
        kind: Policy
        metadata: {"{name: proofs, owner: tests}"}
        spec:
          rules:
          - id: no-proofs
            match: {"{commands: [[echo]]}"}
            effect: {effect}
            because: Proof files come from the build
            fix: Ask the build team
            tests: [{"{match: echo x}, {notMatch: ls}"}]
        ---
        apiVersion: paddock/v1alpha1
        kind: PolicyBinding
        metadata: {"{name: proofs, owner: tests}"}
        spec: {"{policy: proofs, enforcement: enforce}"}
        """;

    [Fact]
    public Task Opencode_is_told_of_a_refused_command_and_goes_on() => RefuseAsync(AgentRecipes.OpenCode);

    [Fact]
    public Task Codex_is_told_of_a_refused_command_and_goes_on() => RefuseAsync(AgentRecipes.Codex);

    [Fact]
    public Task Cline_is_told_of_a_refused_command_and_goes_on() => RefuseAsync(AgentRecipes.Cline);

    [Fact]
    public Task Kilo_is_told_of_a_refused_command_and_goes_on() => RefuseAsync(AgentRecipes.Kilo);

    [Fact]
    public Task Claude_code_is_told_of_a_refused_command_and_goes_on() => RefuseAsync(AgentRecipes.ClaudeCode);

    [Fact]
    public Task Opencode_waits_for_an_approval_and_runs_the_command_once() => ApproveAsync(AgentRecipes.OpenCode);

    [Fact]
    public Task Codex_waits_for_an_approval_and_runs_the_command_once() => ApproveAsync(AgentRecipes.Codex);

    [Fact]
    public Task Cline_waits_for_an_approval_and_runs_the_command_once() => ApproveAsync(AgentRecipes.Cline);

    private static async Task RefuseAsync(AgentRecipe recipe)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var home = new AgentHome();
        await using var provider = await SimulatedProvider.StartAsync(new() { KeepBodies = true }, cancellationToken);
        await using var paddock = await ServedPaddock.StartAsync(provider, home.WriteBeside("release/policy.yaml", Rule("deny")), cancellationToken);
        var key = await paddock.CreateKeyAsync("alice", recipe.KeyOptions, cancellationToken);

        var end = await recipe.RunAsync(home, new(paddock.Url, key, "paddock-sim"), "Write the proof file.", cancellationToken);

        end.ExitCode.ShouldBe(0, end.Output);
        File.Exists(Path.Combine(home.Work, Proof)).ShouldBeFalse(end.Output);
        end.Output.ShouldContain("All done", customMessage: end.Output);
        var told = provider.Truth.Newest(100).Select(entry => Encoding.UTF8.GetString(entry.RequestBody!)).ToList();
        told.ShouldContain(body => body.Contains("Paddock: Refused by policy. Proof files come from the build. Ask the build team. Decision dec_", StringComparison.Ordinal), end.Output);
        told.ShouldAllBe(body => !body.Contains("paddock-was-here", StringComparison.Ordinal)); // the model's own call came back to it as it was refused
    }

    private static async Task ApproveAsync(AgentRecipe recipe)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var home = new AgentHome();
        await using var provider = await SimulatedProvider.StartAsync(new(), cancellationToken);
        await using var paddock = await ServedPaddock.StartAsync(provider, home.WriteBeside("release/policy.yaml", Rule("require_approval\n    approval: {chain: leads}")), cancellationToken);
        var key = await paddock.CreateKeyAsync("alice", recipe.KeyOptions, cancellationToken);
        await paddock.CommandAsync(["user", "create", "ada", "--team", "leads"], cancellationToken);
        var lead = (await paddock.CommandAsync(["key", "create", "--name", "decides", "--user", "ada", "--control", "approver"], cancellationToken)).Trim();

        var run = recipe.RunAsync(home, new(paddock.Url, key, "paddock-sim"), "Write the proof file.", cancellationToken);
        var approval = await PendingAsync(paddock, lead, run, cancellationToken);
        File.Exists(Path.Combine(home.Work, Proof)).ShouldBeFalse();
        await paddock.CommandAsync(["approvals", "approve", approval.Id, "--reason", "looked at it"], cancellationToken, lead);
        var end = await run;

        end.ExitCode.ShouldBe(0, end.Output);
        approval.Subject.Command.ShouldBe("echo paddock-was-here > paddock-proof.txt && cat paddock-proof.txt");
        (await File.ReadAllTextAsync(Path.Combine(home.Work, Proof), cancellationToken)).ShouldBe("paddock-was-here\n", end.Output);
        end.Output.ShouldContain("All done", customMessage: end.Output);
        (await ListAsync(paddock, "consumed", lead, cancellationToken)).ShouldHaveSingleItem().Uses.ShouldBe(1);
    }

    /// <summary>The first request that waits. It is asked for as long as the agent runs.</summary>
    private static async Task<ApprovalView> PendingAsync(ServedPaddock paddock, string key, Task<ProgramEnd> run, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await ListAsync(paddock, "pending", key, cancellationToken) is [var first, ..])
            {
                return first;
            }

            run.IsCompleted.ShouldBeFalse(run.IsCompletedSuccessfully ? (await run).Output : "");
        }
    }

    private static async Task<IReadOnlyList<ApprovalView>> ListAsync(ServedPaddock paddock, string state, string key, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize(await paddock.CommandAsync(["approvals", "list", "--state", state, "--json"], cancellationToken, key), ControlJson.Default.ApprovalList)!.Approvals; // the command prints a list
}
