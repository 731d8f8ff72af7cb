namespace Paddock.EndToEnd.Tests.Browsing;

/// <summary>That pages are really judged.</summary>
public class PageJudgeTests(Chromium chromium)
{
    [Fact]
    public async Task A_page_with_faults_is_told_of_each()
    {
        await using var site = await StrangeSite.StartAsync();
        await using var tab = await chromium.OpenAsync();
        var judge = await PageJudge.OfAsync(tab);
        await tab.GoAsync(site.Url + "/faulty");

        var faults = await judge.FaultsAsync("faulty");

        foreach (var (demand, what) in new[]
        {
            (PageDemand.Accessible, "label: <input>"), (PageDemand.Accessible, "landmark-one-main"), (PageDemand.Accessible, "color-contrast: <p"), (PageDemand.Accessible, "target-size"),
            (PageDemand.ByKeyboard, "<button id=\"bare\"> Bare has no outline"), (PageDemand.ByKeyboard, "Pale has an outline that is hard to see"), (PageDemand.ByKeyboard, "Never is not reached"),
            (PageDemand.ByKeyboard, "Away is outside of the window"), (PageDemand.Narrow, "<pre>"), (PageDemand.Clean, "style-src-attr refuses inline"), (PageDemand.Clean, "/none.css"),
        })
        {
            faults.ShouldContain(fault => fault.Demand == demand && fault.What.Contains(what, StringComparison.Ordinal), $"{what} among\n{string.Join('\n', faults)}");
        }
    }
}
