using Paddock.EndToEnd.Tests.Browsing;
using Paddock.EndToEnd.Tests.Identity;

namespace Paddock.EndToEnd.Tests.Tasks;

/// <summary>A way through the console from the five numbers to what they are made of, in a real browser.</summary>
public sealed class TaskJourneyTests(Chromium chromium)
{
    [Fact]
    public async Task From_the_five_numbers_somebody_comes_to_a_task_its_reasons_and_its_proof_and_judges_it_with_scripts_and_without()
    {
        await using var at = await InhabitedPaddock.StartAsync();
        await WalkAsync(at, scripts: true);
        await WalkAsync(at, scripts: false);
    }

    private async Task WalkAsync(InhabitedPaddock at, bool scripts)
    {
        await using var tab = await chromium.OpenAsync(scripts);
        await SignInAsync(tab, at.Url);

        await tab.ClickAsync("link", "30 days");
        await tab.ClickAsync("link", "agent");
        (await tab.TextAsync()).ShouldContain("claude-code");
        await FollowAsync(tab, "/definitions#task-success");
        (await tab.TextAsync()).ShouldContain("Wilson");

        await tab.ClickAsync("link", "Tasks");
        await tab.FillAsync("State", "failed");
        await tab.ClickAsync("button", "Search");
        (await tab.TextAsync()).ShouldContain("overloaded");
        await tab.FillAsync("State", "any");
        await tab.FillAsync("Task, repository", at.Tasks.Story);
        await tab.ClickAsync("button", "Search");
        await FollowAsync(tab, $"/tasks/{at.Tasks.Story}");

        await FollowAsync(tab, $"/decisions/{at.Tasks.Refused}");
        (await tab.TextAsync()).ShouldContain("Rebase on a branch");
        await FollowAsync(tab, $"/tasks/{at.Tasks.Story}");
        await FollowAsync(tab, $"/audit-log/{at.Tasks.Entry}");
        (await tab.TextAsync()).ShouldContain("Exactly what is hashed");
        await FollowAsync(tab, "/decisions/");
        await FollowAsync(tab, $"/tasks/{at.Tasks.Story}");
        await tab.FillAsync("Reason", $"<b>reads</b> well, scripts {scripts}");
        await tab.ClickAsync("button", "Accept it");

        (await tab.TextAsync()).ShouldSatisfyAllConditions(static text => text.ShouldContain("Accepted: it counts as succeeded."), text => text.ShouldContain($"<b>reads</b> well, scripts {scripts}"));
        tab.Elsewhere.ShouldBeEmpty();
        (await tab.ProblemsAsync()).ShouldBeEmpty();
    }

    private static async Task SignInAsync(Tab tab, string url)
    {
        await tab.GoAsync(url + "/sign-in?next=/");
        await tab.FillAsync("Name", InhabitedPaddock.Mara);
        await tab.FillAsync("Password", ServedPeople.Password);
        await tab.ClickAsync("button", "Sign in");
        await tab.GoAsync(url + "/");
    }

    /// <summary>Clicks the link that leads there.</summary>
    private static async Task FollowAsync(Tab tab, string path)
    {
        var name = await tab.EvaluateAsync($"document.querySelector('main a[href^=\"{path}\"]')?.textContent.replace(/\\s+/g, ' ').trim()");
        name.ValueKind.ShouldBe(System.Text.Json.JsonValueKind.String, $"Nothing on {tab.Url} leads to {path}.");
        await tab.ClickAsync("link", name.GetString()!); // looked at above
        new Uri(tab.Url).AbsolutePath.ShouldStartWith(path.Split('#')[0]);
    }
}
