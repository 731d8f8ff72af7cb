using System.Text.Json;
using Paddock.Control;
using Paddock.Control.Tasks;
using Paddock.Simulator;

namespace Paddock.EndToEnd.Tests.Agents;

/// <summary>Real agents whose models are elsewhere, and of which Paddock knows by their hooks alone.</summary>
public sealed class TellingAgentTests
{
    /// <summary>The second command ends with an exit code of its own.</summary>
    private const string Fails = "echo geheim >&2; exit 3";

    private const string Nothing = """
        apiVersion: paddock/v1alpha1
        kind: ApprovalChain
        metadata: {name: leads, owner: tests}
        spec:
          steps: [{anyOf: {teams: [leads]}}]
        """;

    [Fact]
    public Task Claude_code_tells_how_its_tools_ended_and_that_it_is_done() => TellAsync(AgentRecipes.ClaudeCode, HookRecipes.TellingClaudeCode, "success 0", "failure 3");

    [Fact, Trait("In", "soak")]
    public Task Cline_tells_how_its_tools_ended_and_that_it_is_done() => TellAsync(AgentRecipes.Cline, HookRecipes.TellingCline, "success 0", "failure ");

    [Fact, Trait("In", "soak")]
    public Task Codex_tells_that_its_tools_ended_and_that_it_is_done() => TellAsync(AgentRecipes.Codex, HookRecipes.TellingCodex, "unknown ", "unknown ");

    [Fact, Trait("In", "soak")]
    public Task Copilot_tells_how_its_tools_ended_and_that_it_is_done() => TellAsync(AgentRecipes.Copilot, HookRecipes.TellingCopilot, "success 0", "failure 3");

    [Fact, Trait("In", "soak")]
    public Task Opencode_asks_and_tells_and_each_call_is_one() => TellAsync(AgentRecipes.OpenCode, HookRecipes.TellingOpenCode, "success 0", "failure 3");

    [Fact, Trait("In", "soak")]
    public Task Kilo_asks_and_tells_and_each_call_is_one() => TellAsync(AgentRecipes.Kilo, HookRecipes.TellingKilo, "success 0", "failure 3");

    [Fact, Trait("In", "soak")]
    public async Task Gemini_cli_tells_how_its_tools_ended_and_that_it_is_done()
    {
        await using var model = await GeminiModel.StartAsync("touch allowed.txt", Fails);
        await using var provider = await SimulatedProvider.StartAsync(new(), TestContext.Current.CancellationToken);

        await TellAsync(AgentRecipes.GeminiCli, HookRecipes.TellingGeminiCli, provider, new(model.Url, "key", "gemini-2.5-pro"), "success ", "failure 3");
    }

    private static async Task TellAsync(AgentRecipe agent, Func<AgentRecipe, AgentHome, string, string, AgentRecipe> hook, params string[] results)
    {
        await using var provider = await SimulatedProvider.StartAsync(new() { Then = [Fails] }, TestContext.Current.CancellationToken);

        await TellAsync(agent, hook, provider, new(provider.BaseUrl.ToString().TrimEnd('/'), "sk-own", "paddock-sim"), results);
    }

    /// <param name="to">Where its models are, which is not at Paddock's.</param>
    /// <param name="results">How its tools ended, with their exit codes.</param>
    private static async Task TellAsync(AgentRecipe agent, Func<AgentRecipe, AgentHome, string, string, AgentRecipe> hook, SimulatedProvider provider, Attachment to, params string[] results)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var home = new AgentHome();
        await using var paddock = await ServedPaddock.StartAsync(provider, home.WriteBeside("release/policy.yaml", Nothing), cancellationToken);
        var key = await paddock.CreateKeyAsync("alice", ["--tools", .. agent.KeyOptions], cancellationToken);

        var end = await hook(agent, home, paddock.Url, key).RunAsync(home, to, "Write the proof file, geheim.", cancellationToken);

        end.ExitCode.ShouldBe(0, end.Output);
        var task = await EndedAsync(paddock, end, cancellationToken);
        (task.Agent, task.User, task.State, task.Source, task.Turns, task.ToolCalls, task.CostReported).ShouldBe((agent.Agent, "alice", "claimed_complete", "agent_claim", 0, results.Length, true), end.Output);
        (await paddock.CallsAsync(agent.Agent, cancellationToken)).ShouldBeEmpty();
        var timeline = await paddock.TimelineAsync(task.Id, cancellationToken);
        timeline.Reverse().Select(static one => one.Event).Where(static told => told?.Says == "tool_ended").Select(static told => $"{told!.Result} {told.ExitCode}").ShouldBe(results, end.Output); // not null
        timeline.Count(static one => one.ToolCall is not null).ShouldBe(agent.Agent is "opencode" or "kilo" ? results.Length : 0); // one plugin asks and tells
        JsonSerializer.Serialize(timeline.Select(static one => one.Event)).ShouldNotContain("geheim");
    }

    /// <summary>The one task there is, once the agent has said that it is done.</summary>
    private static async Task<TaskView> EndedAsync(ServedPaddock paddock, ProgramEnd end, CancellationToken cancellationToken)
    {
        IReadOnlyList<TaskView> tasks = [];
        await Hosting.Eventually.IsAsync(
            async () =>
            {
                tasks = JsonSerializer.Deserialize(await paddock.CommandAsync(["tasks", "--json"], cancellationToken), ControlJson.Default.TaskList)!.Tasks; // the command prints a list
                return tasks is [{ EndedAt: not null }, ..];
            },
            () => $"The tasks are {string.Join(", ", tasks.Select(static one => $"{one.Id} {one.State}"))}. The agent said: {end.Output}",
            cancellationToken);
        return tasks.ShouldHaveSingleItem(end.Output);
    }
}
