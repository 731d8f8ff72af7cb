using Paddock.Testing;

namespace Paddock.EndToEnd.Tests.Browsing;

/// <summary>What axe-core finds wrong with a page, by the rules of WCAG 2.2 A and AA and by what is good practice beside them.</summary>
internal static class Axe
{
    private static readonly Lazy<string> program = new(static () => File.ReadAllText(RepositoryFolder.Of("artifacts/axe/node_modules/axe-core/axe.min.js")));

    /// <summary>Brings it onto each page from now on. Their policies do not hold it up: it comes by the browser's own tools, not from the page.</summary>
    public static Task BringAsync(Tab tab) => tab.OnEachPageAsync(program.Value);

    /// <summary>By every rule of the standard, those among them that axe-core leaves out unless it is asked.</summary>
    /// <returns>Each fault, or what it could not decide, with its rule, the element and what to do about it; none when all is well.</returns>
    public static Task<string[]> FaultsAsync(Tab tab) => FaultsAsync(tab, "axe.getRules(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).map(rule => rule.ruleId)");

    /// <summary>By the rules that look at colours: no other finds anything new in the same page in other colours.</summary>
    public static Task<string[]> FaultsOfColourAsync(Tab tab) => FaultsAsync(tab, "['color-contrast', 'link-in-text-block']");

    /// <summary>By the rules that look at sizes: no other finds anything new in the same page in a window of another width.</summary>
    public static Task<string[]> FaultsOfSizeAsync(Tab tab) => FaultsAsync(tab, "['target-size', 'scrollable-region-focusable']");

    private static async Task<string[]> FaultsAsync(Tab tab, string rules) => PageJudge.Texts(await tab.EvaluateAsync($$"""
        axe.run({ iframes: false, runOnly: { type: 'rule', values: {{rules}} }, resultTypes: ['violations', 'incomplete'] })
          .then(result => [...result.violations, ...result.incomplete].flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html} ${node.failureSummary}`)))
        """));
}
