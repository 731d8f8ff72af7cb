using System.Text.Json;

namespace Paddock.EndToEnd.Tests.Browsing;

/// <summary>Holds the page that a tab is on to what every page of the console has to be, in light and in dark, in a wide window and a narrow one.</summary>
internal sealed class PageJudge
{
    /// <summary>The narrowest window that pages have to do with (WCAG 2.2 §1.4.10), and one in which tables are still tables; CSS pixels.</summary>
    private const int Narrowest = 320, Tabular = 976;
    private const int Wide = 1280, Height = 900;

    private const string Listen = "self.refused = []; addEventListener('securitypolicyviolation', event => refused.push(`${event.effectiveDirective} refuses ${event.blockedURI} ${event.sample}`));";
    private const string Overflowing = """
        document.documentElement.scrollWidth <= innerWidth ? []
          : ['as a whole', ...[...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > innerWidth).map(one => one.outerHTML.split('>')[0] + '>')].slice(0, 5)
        """;

    private readonly Tab tab;
    private int told;

    private PageJudge(Tab tab) => this.tab = tab;

    /// <param name="tab">Before its first page.</param>
    public static async Task<PageJudge> OfAsync(Tab tab)
    {
        await tab.OnEachPageAsync(Listen);
        await Axe.BringAsync(tab);
        return new(tab);
    }

    /// <param name="where">What the page is called in faults.</param>
    public async Task<List<PageFault>> FaultsAsync(string where)
    {
        var faults = new List<PageFault>();
        await tab.EvaluateAsync("document.querySelectorAll('details').forEach(one => one.open = true)");
        await tab.ColoursAsync(dark: false);
        Add(PageDemand.Accessible, await Axe.FaultsAsync(tab), "light");
        Add(PageDemand.ByKeyboard, await KeyboardWalk.FaultsAsync(tab), "light");
        await tab.ColoursAsync(dark: true);
        Add(PageDemand.Accessible, await Axe.FaultsOfColourAsync(tab), "dark");
        await ResizeAsync(Narrowest);
        Add(PageDemand.Accessible, await Axe.FaultsOfSizeAsync(tab), "dark, narrow");
        Add(PageDemand.ByKeyboard, await KeyboardWalk.FaultsBackwardsAsync(tab), "dark, narrow");
        Add(PageDemand.Narrow, Texts(await tab.EvaluateAsync(Overflowing)), $"{Narrowest} pixels");
        await ResizeAsync(Tabular);
        Add(PageDemand.Narrow, Texts(await tab.EvaluateAsync(Overflowing)), $"{Tabular} pixels");
        await ResizeAsync(Wide);
        Add(PageDemand.Clean, Texts(await tab.EvaluateAsync("refused")), "policy");
        var problems = await tab.ProblemsAsync();
        Add(PageDemand.Clean, problems.Skip(told), "browser");
        told = problems.Count;
        return faults;

        void Add(PageDemand demand, IEnumerable<string> found, string how) => faults.AddRange(found.Select(what => new PageFault(demand, $"{where} ({how})", what)));
    }

    /// <summary>Comes back when the page is drawn in that width: until then a click would go where something was before.</summary>
    private async Task ResizeAsync(int width)
    {
        await tab.ResizeAsync(width, Height);
        await tab.EvaluateAsync("new Promise(requestAnimationFrame)");
    }

    internal static string[] Texts(JsonElement found) => [.. found.EnumerateArray().Select(text => text.GetString() ?? "")];
}
