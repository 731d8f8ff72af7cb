using System.Text.Json;
using Paddock.Control;
using Paddock.Simulator;

namespace Paddock.EndToEnd.Tests.Agents;

/// <summary>Real agents whose shell call is recorded, with what they say came of it.</summary>
public sealed class RecordedAgentTests
{
    private const string Proof = "paddock-proof.txt";

    private const string Watching = """
        ---
        apiVersion: paddock/v1alpha1
        kind: Policy
        metadata: {name: proofs, owner: tests}
        spec:
          rules:
          - id: no-proofs
            match: {commands: [[echo]]}
            effect: deny
            because: Proof files come from the build
            tests: [{match: echo x}, {notMatch: ls}]
        ---
        apiVersion: paddock/v1alpha1
        kind: PolicyBinding
        metadata: {name: proofs, owner: tests}
        spec: {policy: proofs, enforcement: shadow}
        """;

    [Fact]
    public Task Codex_tells_how_its_command_ended() => ProveAsync(AgentRecipes.Codex, "success 0", "failure 1");

    [Fact, Trait("In", "soak")]
    public Task Cline_tells_how_its_command_ended() => ProveAsync(AgentRecipes.Cline, "success 0", "failure ");

    [Fact, Trait("In", "soak")]
    public Task Claude_code_tells_how_its_command_ended() => ProveAsync(AgentRecipes.ClaudeCode, "success 0", "failure 1");

    /// <summary>It tells the output only.</summary>
    [Fact, Trait("In", "soak")]
    public Task Opencode_tells_that_its_command_has_run() => ProveAsync(AgentRecipes.OpenCode, "success ", "success ");

    /// <param name="good">Result and exit code of the command that writes the proof file.</param>
    /// <param name="bad">The same where a folder is in the file's place.</param>
    private static async Task ProveAsync(AgentRecipe recipe, string good, string bad)
    {
        (await RunAsync(recipe, static _ => { })).ShouldBe(good);
        (await RunAsync(recipe, static home => Directory.CreateDirectory(Path.Combine(home.Work, Proof)))).ShouldBe(bad);
    }

    private static async Task<string> RunAsync(AgentRecipe recipe, Action<AgentHome> prepare)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var home = new AgentHome();
        prepare(home);
        await using var provider = await SimulatedProvider.StartAsync(new() { KeepBodies = true }, cancellationToken);
        await using var paddock = await ServedPaddock.StartAsync(provider, home.WriteBeside("release/policy.yaml", Watching), cancellationToken);
        var key = await paddock.CreateKeyAsync("alice", recipe.KeyOptions, cancellationToken);

        var end = await recipe.RunAsync(home, new(paddock.Url, key, "paddock-sim"), "Write the proof file.", cancellationToken);

        end.ExitCode.ShouldBe(0, end.Output);
        var listed = await paddock.CommandAsync(["decisions", "list", "--user", "alice", "--rule", "proofs/no-proofs", "--json"], cancellationToken);
        var decision = JsonSerializer.Deserialize(listed, ControlJson.Default.DecisionList)!.Decisions.ShouldHaveSingleItem(listed); // the command prints a list
        (decision.Effect, decision.ShadowEffect, decision.Outcome).ShouldBe(("allow", "deny", "released"));
        decision.WritesTo.ShouldContain(Proof);
        return $"{decision.Result} {decision.ExitCode}";
    }
}
