using System.Net;
using Paddock.EndToEnd.Tests.Agents;
using Paddock.EndToEnd.Tests.Approvals;
using Paddock.EndToEnd.Tests.Hosting;
using Paddock.Simulator;

namespace Paddock.EndToEnd.Tests.Identity;

/// <summary>Real agents that ask <c>paddock token</c> for their bearer, on a machine that somebody signed in.</summary>
public sealed class TokenCommandTests
{
    private static readonly string program = Path.Combine(AppContext.BaseDirectory, "paddock.dll");

    private static readonly AgentRecipe codex = AgentRecipes.Codex with
    {
        Prepare = static (home, to) => home.WriteHome(".codex/config.toml", $"""
            model = "{to.Model}"
            model_provider = "paddock"
            check_for_update_on_startup = false

            [model_providers.paddock]
            name = "Paddock"
            base_url = "{to.Url}/v1"
            wire_api = "responses"

            [model_providers.paddock.auth]
            command = "dotnet"
            args = ["{program}", "token"]

            [analytics]
            enabled = false
            """),
        Attached = static _ => new Dictionary<string, string>(),
    };

    private static readonly AgentRecipe claudeCode = AgentRecipes.ClaudeCode with
    {
        Prepare = static (home, to) => home.WriteHome(".claude/settings.json", $$"""
            { "apiKeyHelper": "dotnet {{program}} token", "env": { "ANTHROPIC_BASE_URL": "{{to.Url}}", "ANTHROPIC_MODEL": "{{to.Model}}", "ANTHROPIC_SMALL_FAST_MODEL": "{{to.Model}}" } }
            """),
        Attached = static _ => new Dictionary<string, string>(),
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task Codex_asks_for_its_token_by_itself() => ProveAsync(codex);

    [Fact]
    public Task Claude_code_asks_for_its_token_by_itself() => ProveAsync(claudeCode);

    private static async Task ProveAsync(AgentRecipe recipe)
    {
        using var home = new AgentHome();
        await using var provider = await SimulatedProvider.StartAsync(new(), Cancellation);
        await using var paddock = await ServedPaddock.StartAsync(provider, home.WriteBeside("release/note.yaml", "# Providers come from the environment.\n"), Cancellation);
        await SignInAsync(paddock, home);

        var end = await recipe.RunAsync(home, new(paddock.Url, "", "sim-model"), "Write the proof file.", Cancellation);

        end.ExitCode.ShouldBe(0, end.Output);
        var calls = await paddock.CallsAsync(recipe.Agent, Cancellation);
        calls.ShouldNotBeEmpty(end.Output);
        calls.ShouldAllBe(call => call.Outcome == "complete" && call.User == "ada" && call.Key == "laptop");
    }

    /// <summary>Ada chooses a password, and says yes to her machine.</summary>
    private static async Task SignInAsync(ServedPaddock paddock, AgentHome home)
    {
        await paddock.CommandAsync(["user", "create", "ada"], Cancellation);
        var ticket = (await paddock.CommandAsync(["user", "invite", "ada"], Cancellation)).Trim().Split('=')[1];
        using var browser = new Browser(paddock.Url);
        await browser.PostAsync("/sign-in/password", ("ticket", ticket), ("password", ServedPeople.Password));
        (await ServedPeople.SignInAsync(browser, "ada")).ShouldBe(HttpStatusCode.SeeOther);
        await using var login = PaddockProcess.Run(["login", "--server", paddock.Url, "--name", "laptop"], new Dictionary<string, string> { ["HOME"] = home.Home });
        await login.SaysAsync("if it shows this code", Cancellation);
        var ask = new Uri(login.Said.Split('\n').First(line => line.StartsWith("Open ", StringComparison.Ordinal))["Open ".Length..].Trim()).PathAndQuery;
        await browser.GetAsync(ask);
        (await browser.PostAsync(ask, ("token", browser.Field("token")), ("answer", "yes"))).ShouldBe(HttpStatusCode.OK);
        (await login.WaitAsync(Cancellation)).ShouldBe(0, login.Said);
    }
}
