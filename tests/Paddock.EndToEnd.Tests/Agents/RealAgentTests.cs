using Paddock.Core.Models;

namespace Paddock.EndToEnd.Tests.Agents;

/// <summary>The real agents, from npm, behind <c>paddock serve</c>.</summary>
public sealed class RealAgentTests
{
    private const string Proof = "paddock-proof.txt";

    [Fact]
    public Task Opencode_works_behind_paddock_and_the_ledger_tells_the_truth_about_it() => ProveAsync(AgentRecipes.OpenCode);

    [Fact]
    public Task Kilo_works_behind_paddock_and_the_ledger_tells_the_truth_about_it() => ProveAsync(AgentRecipes.Kilo);

    [Fact]
    public Task Codex_works_behind_paddock_and_the_ledger_tells_the_truth_about_it() => ProveAsync(AgentRecipes.Codex);

    [Fact]
    public Task Cline_works_behind_paddock_and_the_ledger_tells_the_truth_about_it() => ProveAsync(AgentRecipes.Cline);

    private static async Task ProveAsync(AgentRecipe recipe)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var provider = await ShellThenAnswerProvider.StartAsync(cancellationToken);
        await using var paddock = await ServedPaddock.StartAsync(new Dictionary<string, string> { ["OPENAI_BASE_URL"] = provider.BaseUrl, ["OPENAI_API_KEY"] = "sk-upstream" }, null, cancellationToken);
        var key = (await paddock.CommandAsync(["key", "create", "--name", "laptop", "--user", "alice", .. recipe.KeyOptions], cancellationToken)).Trim();
        using var home = new AgentHome();

        var end = await recipe.RunAsync(home, new(paddock.Url, key, "paddock-sim"), "Write the proof file.", cancellationToken);

        end.ExitCode.ShouldBe(0, end.Output);
        File.Exists(Path.Combine(home.Work, Proof)).ShouldBeTrue(end.Output);
        end.Output.ShouldContain("All done.");
        var calls = await paddock.CallsAsync(recipe.Agent, cancellationToken);
        calls.ShouldAllBe(call => call.Outcome == "complete" && call.User == "alice" && call.Key == "laptop" && call.Stream && call.CostUsd > 0 && !call.Estimated);
        calls.Select(call => call.AgentVersion).Distinct().ShouldBe([recipe.Version]);
        calls.Select(call => call.Task).Distinct().Count().ShouldBe(recipe == AgentRecipes.Cline ? calls.Select(call => call.Session).Distinct().Count() : 1);
        calls.ShouldAllBe(call => call.Session!.StartsWith(recipe.Session) && call.Session.Length > 8);
        calls.Select(call => new TokenUsage { Input = call.Tokens.Input, CacheRead = call.Tokens.CacheRead, Output = call.Tokens.Output, Reasoning = call.Tokens.Reasoning })
            .ShouldBe(provider.Truth, ignoreOrder: true);
        calls.Count.ShouldBeGreaterThanOrEqualTo(2);
    }
}
