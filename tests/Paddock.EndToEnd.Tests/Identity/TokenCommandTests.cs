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

    [Fact, Trait("In", "soak")]
    public Task Claude_code_asks_for_its_token_by_itself() => ProveAsync(claudeCode);

    [Fact]
    public async Task A_machine_that_signs_in_again_leaves_no_session_behind_and_signs_out_also_while_the_server_is_away()
    {
        using var home = new AgentHome();
        await using var provider = await SimulatedProvider.StartAsync(new(), Cancellation);
        string url;
        await using (var paddock = await ServedPaddock.StartAsync(provider, home.WriteBeside("release/note.yaml", "# Providers come from the environment.\n"), Cancellation))
        {
            url = paddock.Url;
            using var browser = await InvitedAsync(paddock);

            await SignInAsync(paddock, browser, home);
            await SignInAsync(paddock, browser, home);

            await browser.GetAsync("/account");
            browser.Body.Split(">laptop <").Length.ShouldBe(2, browser.Body); // one session of this name
            (await RunAsync(home, "token")).Code.ShouldBe(0);
        }

        var (code, said) = await RunAsync(home, "logout");

        code.ShouldBe(1);
        said.ShouldContain("This machine is signed out.");
        said.ShouldContain($"The session at {url}/ could not be ended");
        (await RunAsync(home, "token")).Said.ShouldContain("is not signed in");
    }

    private static async Task<(int Code, string Said)> RunAsync(AgentHome home, string command)
    {
        await using var run = PaddockProcess.Run([command], new Dictionary<string, string> { ["HOME"] = home.Home });
        return (await run.WaitAsync(Cancellation), run.Said);
    }

    private static async Task ProveAsync(AgentRecipe recipe)
    {
        using var home = new AgentHome();
        await using var provider = await SimulatedProvider.StartAsync(new(), Cancellation);
        await using var paddock = await ServedPaddock.StartAsync(provider, home.WriteBeside("release/note.yaml", "# Providers come from the environment.\n"), Cancellation);
        using (var browser = await InvitedAsync(paddock))
        {
            await SignInAsync(paddock, browser, home);
        }

        var end = await recipe.RunAsync(home, new(paddock.Url, "", "sim-model"), "Write the proof file.", Cancellation);

        end.ExitCode.ShouldBe(0, end.Output);
        var calls = await paddock.CallsAsync(recipe.Agent, Cancellation);
        calls.ShouldNotBeEmpty(end.Output);
        calls.ShouldAllBe(call => call.Outcome == "complete" && call.User == "ada" && call.Key == "laptop");
    }

    /// <summary>Ada chooses a password and comes in.</summary>
    private static async Task<Browser> InvitedAsync(ServedPaddock paddock)
    {
        await paddock.CommandAsync(["user", "create", "ada"], Cancellation);
        var ticket = (await paddock.CommandAsync(["user", "invite", "ada"], Cancellation)).Trim().Split('=')[1];
        var browser = new Browser(paddock.Url);
        await browser.PostAsync("/sign-in/password", ("ticket", ticket), ("password", ServedPeople.Password));
        (await ServedPeople.SignInAsync(browser, "ada")).ShouldBe(HttpStatusCode.SeeOther);
        return browser;
    }

    /// <summary>She says yes to her machine.</summary>
    private static async Task SignInAsync(ServedPaddock paddock, Browser browser, AgentHome home)
    {
        await using var login = PaddockProcess.Run(["login", "--server", paddock.Url, "--name", "laptop"], new Dictionary<string, string> { ["HOME"] = home.Home });
        await login.SaysAsync("if it shows this code", Cancellation);
        var ask = new Uri(login.Said.Split('\n').First(line => line.StartsWith("Open ", StringComparison.Ordinal))["Open ".Length..].Trim()).PathAndQuery;
        await browser.GetAsync(ask);
        (await browser.PostAsync(ask, ("token", browser.Field("token")), ("answer", "yes"))).ShouldBe(HttpStatusCode.OK);
        (await login.WaitAsync(Cancellation)).ShouldBe(0, login.Said);
    }
}
