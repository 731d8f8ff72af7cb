using Paddock.Simulator;

namespace Paddock.EndToEnd.Tests.Agents;

/// <summary>A refusal is dressed so that the real agent shows its reason and stops, instead of asking again for minutes.</summary>
public sealed class RefusedAgentTests
{
    private const string NoMoney = """
        apiVersion: paddock/v1alpha1
        kind: Budget
        metadata:
          name: pocket-money
          owner: tests
        spec:
          scope: user
          limit: {tokens: 0}
          window: total
        """;

    [Fact, Trait("In", "soak")]
    public Task Opencode_shows_that_the_budget_is_used_up_and_stops() => RefuseAsync(AgentRecipes.OpenCode);

    [Fact, Trait("In", "soak")]
    public Task Kilo_shows_that_the_budget_is_used_up_and_stops() => RefuseAsync(AgentRecipes.Kilo);

    [Fact]
    public Task Codex_shows_that_the_budget_is_used_up_and_stops() => RefuseAsync(AgentRecipes.Codex);

    [Fact, Trait("In", "soak")]
    public Task Cline_shows_that_the_budget_is_used_up_and_stops() => RefuseAsync(AgentRecipes.Cline);

    [Fact]
    public Task Claude_code_shows_that_the_budget_is_used_up_and_stops() => RefuseAsync(AgentRecipes.ClaudeCode);

    private static async Task RefuseAsync(AgentRecipe recipe)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var home = new AgentHome();
        await using var provider = await SimulatedProvider.StartAsync(new(), cancellationToken);
        await using var paddock = await ServedPaddock.StartAsync(provider, home.WriteBeside("release/budget.yaml", NoMoney), cancellationToken);
        var key = await paddock.CreateKeyAsync("alice", recipe.KeyOptions, cancellationToken);

        var end = await recipe.RunAsync(home, new(paddock.Url, key, "paddock-sim"), "Write the proof file.", cancellationToken);

        end.ExitCode.ShouldNotBe(0, end.Output);
        end.Output.ShouldContain("The budget 'pocket-money' of", customMessage: end.Output);
        provider.Truth.Newest(1).ShouldBeEmpty();
        var calls = await paddock.CallsAsync(recipe.Agent, cancellationToken);
        calls.ShouldAllBe(call => call.Outcome == "refused" && call.ErrorClass == "budget_exceeded" && call.CostUsd == 0);
        calls.Count.ShouldBeInRange(1, 2); // the task and, with some, the title of its session
    }
}
