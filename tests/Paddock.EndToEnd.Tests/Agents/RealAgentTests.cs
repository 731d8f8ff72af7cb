using Paddock.Control.Ledger;
using Paddock.Core.Models;
using Paddock.Simulator;

namespace Paddock.EndToEnd.Tests.Agents;

/// <summary>The real agents, from npm, behind <c>paddock serve</c>.</summary>
public sealed class RealAgentTests
{
    private const string Proof = "paddock-proof.txt";

    private static string PricedModel(AgentRecipe recipe) => $$"""
        apiVersion: paddock/v1alpha1
        kind: Model
        metadata:
          name: paddock-sim
          owner: tests
        spec:
          provider: {{recipe.Provider}}
          upstreamModel: "sim:cached=300,reasoning=7,comments=true"
          price: {inputPerMtok: 3, outputPerMtok: 15, cacheReadPerMtok: 0.3}
        """;

    [Fact]
    public Task Opencode_works_behind_paddock_and_the_ledger_tells_the_truth_about_it() => ProveAsync(AgentRecipes.OpenCode);

    [Fact, Trait("In", "soak")]
    public Task Kilo_works_behind_paddock_and_the_ledger_tells_the_truth_about_it() => ProveAsync(AgentRecipes.Kilo);

    [Fact]
    public Task Codex_works_behind_paddock_and_the_ledger_tells_the_truth_about_it() => ProveAsync(AgentRecipes.Codex);

    [Fact]
    public Task Cline_works_behind_paddock_and_the_ledger_tells_the_truth_about_it() => ProveAsync(AgentRecipes.Cline);

    [Fact]
    public Task Claude_code_works_behind_paddock_and_the_ledger_tells_the_truth_about_it() => ProveAsync(AgentRecipes.ClaudeCode);

    /// <summary>One call is a shell call, the last a final answer; some agents ask for a title of the session in between.</summary>
    private static async Task ProveAsync(AgentRecipe recipe)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var home = new AgentHome();
        await using var provider = await SimulatedProvider.StartAsync(new(), cancellationToken);
        await using var paddock = await ServedPaddock.StartAsync(provider, home.WriteBeside("release/model.yaml", PricedModel(recipe)), cancellationToken);
        var key = await paddock.CreateKeyAsync("alice", recipe.KeyOptions, cancellationToken);

        var end = await recipe.RunAsync(home, new(paddock.Url, key, "paddock-sim"), "Write the proof file.", cancellationToken);

        end.ExitCode.ShouldBe(0, end.Output);
        File.Exists(Path.Combine(home.Work, Proof)).ShouldBeTrue(end.Output);
        end.Output.ShouldContain("All done", customMessage: end.Output);
        var calls = await paddock.CallsAsync(recipe.Agent, cancellationToken);
        calls.ShouldAllBe(call => call.Outcome == "complete" && call.User == "alice" && call.Key == "laptop" && call.Stream && !call.Estimated);
        calls.ShouldAllBe(call => call.AgentVersion == recipe.Version && call.Session!.StartsWith(recipe.Session) && call.Session.Length > 8);
        calls.Select(call => call.Task).Distinct().ShouldHaveSingleItem();
        ShouldTellTheTruth(calls, provider);
        await ShouldLeaveItsTaskAsync(paddock, recipe, calls, cancellationToken);
    }

    /// <summary>The task's timeline names each model call with its cost, and the shell call with what came of it.</summary>
    private static async Task ShouldLeaveItsTaskAsync(ServedPaddock paddock, AgentRecipe recipe, IReadOnlyList<CallView> calls, CancellationToken cancellationToken)
    {
        var task = await paddock.TaskAsync(calls[0].Task!, cancellationToken); // all of them are of one
        (task.State, task.Source, task.User, task.Agent).ShouldBe(("claimed_complete", "agent_claim", "alice", recipe.Agent));
        (task.Turns, task.CostUsd, task.WholeUsd, task.Parent).ShouldBe((calls.Count, calls.Sum(call => call.CostUsd!.Value), task.CostUsd, null));
        task.CycleSeconds!.Value.ShouldBeGreaterThan(0);

        var timeline = await paddock.TimelineAsync(task.Id, cancellationToken);
        timeline.Where(entry => entry.Turn is not null).Select(entry => (entry.Turn!.Call, entry.Turn.CostUsd)).ShouldBe(calls.Select(call => (call.Id, call.CostUsd)), ignoreOrder: true);
        var tool = timeline.Where(entry => entry.ToolCall is not null).ShouldHaveSingleItem().ToolCall!;
        (tool.Class, tool.Outcome, tool.Result, task.ToolCalls).ShouldBe(("command", "released", "success", 1));
        tool.Text!.ShouldContain(Proof);
        calls.ShouldContain(call => call.Id == tool.Call);
    }

    private static void ShouldTellTheTruth(IReadOnlyList<CallView> calls, SimulatedProvider provider)
    {
        var truth = provider.Truth.Newest(1000);
        truth.Count.ShouldBeGreaterThanOrEqualTo(2);
        calls.Select(call => call.Tokens).ShouldBe(
            truth.Select(entry => entry.Usage).Select(usage => new TokensView(usage.Input, usage.CacheRead, usage.CacheWrite5m, usage.CacheWrite1h, usage.Output, usage.Reasoning)), ignoreOrder: true);
        var price = new Price { InputPerMtok = 3m, OutputPerMtok = 15m, CacheReadPerMtok = 0.3m };
        calls.ShouldAllBe(call => call.CostUsd * 1_000_000_000m == price.Cost(new TokenUsage { Input = call.Tokens.Input, CacheRead = call.Tokens.CacheRead, Output = call.Tokens.Output }));
        calls.ShouldAllBe(call => call.CostUsd > 0 && call.PriceSource == "document");
    }
}
