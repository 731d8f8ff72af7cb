using Paddock.EndToEnd.Tests.Identity;

namespace Paddock.EndToEnd.Tests.Browsing;

/// <summary>Somebody who goes from page to page of one server, and has each of them judged.</summary>
internal sealed class PageWalker(Tab tab, PageJudge judge, string url)
{
    /// <summary>Paths of pages that were judged.</summary>
    public List<string> Visited { get; } = [];

    public List<PageFault> Faults { get; } = [];

    public Tab Tab => tab;

    public static async Task<PageWalker> OfAsync(Chromium chromium, string url)
    {
        var tab = await chromium.OpenAsync();
        return new(tab, await PageJudge.OfAsync(tab), url);
    }

    /// <summary>Goes to a page.</summary>
    /// <param name="says">What must stand on it, so that this is the state that was meant.</param>
    public async Task GoAsync(string path, string says, int status = 200)
    {
        await tab.GoAsync(url + path);
        await LookAsync(says, status);
    }

    /// <summary>Presses a button that sends a form, or goes by a link.</summary>
    public async Task PressAsync(string role, string name, string says, int status = 200)
    {
        await tab.ClickAsync(role, name);
        await LookAsync(says, status);
    }

    public async Task SignInAsync(string name)
    {
        await tab.GoAsync(url + "/sign-in");
        await tab.FillAsync("Name", name);
        await tab.FillAsync("Password", ServedPeople.Password);
        await tab.ClickAsync("button", "Sign in");
    }

    private async Task LookAsync(string says, int status)
    {
        var (path, text) = (new Uri(tab.Url).PathAndQuery, await tab.TextAsync());
        tab.Status.ShouldBe(status, $"{path}\n{text}");
        text.ShouldContain(says, Case.Sensitive, path);
        Visited.Add(path.Split('?')[0]);
        Faults.AddRange(await judge.FaultsAsync($"{path} “{says}”"));
    }
}
