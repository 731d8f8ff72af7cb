namespace Paddock.EndToEnd.Tests.Browsing;

/// <summary>Goes through a page with the Tab key alone, as somebody without a mouse does.</summary>
internal static class KeyboardWalk
{
    /// <summary>What can be used, and what is noted of each stop: an outline wide and clear enough to be seen, where it is in the window.</summary>
    private const string Watch = """
        (() => {
          const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
          const luminance = colour => {
            canvas.clearRect(0, 0, 1, 1);
            canvas.fillStyle = colour;
            canvas.fillRect(0, 0, 1, 1);
            const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map(part => part / 255).map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const ground = element => {
            const colour = element ? getComputedStyle(element).backgroundColor : 'white';
            return colour === 'rgba(0, 0, 0, 0)' ? ground(element.parentElement) : colour;
          };
          const contrast = (one, other) => {
            const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
            return (light + 0.05) / (dark + 0.05);
          };
          const name = element => element.outerHTML.split('>')[0] + '> ' + element.textContent.trim().slice(0, 40);
          const fault = element => {
            const style = getComputedStyle(element);
            const place = element.getBoundingClientRect();
            if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) { return 'has no outline to be seen'; }
            if (contrast(style.outlineColor, ground(parseFloat(style.outlineOffset) < 0 ? element : element.parentElement)) < 3) { return 'has an outline that is hard to see'; }
            return place.bottom <= 0 || place.top >= innerHeight || place.right <= 0 || place.left >= innerWidth ? 'is outside of the window' : null;
          };
          const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]')].filter(one => !one.disabled && one.checkVisibility());
          const stops = new Map();
          stops.set(document.activeElement, null);
          addEventListener('focusin', event => stops.set(event.target, fault(event.target)));
          self.keyboardFaults = () => all.flatMap(one => !stops.has(one) ? [`${name(one)} is not reached`] : stops.get(one) ? [`${name(one)} ${stops.get(one)}`] : []);
          return all.length;
        })()
        """;

    /// <summary>On a page where nothing has the focus yet.</summary>
    /// <returns>What is not reached, or does not show that it is; none when all is well.</returns>
    public static async Task<string[]> FaultsAsync(Tab tab)
    {
        var stops = (await tab.EvaluateAsync(Watch)).GetInt32();
        await tab.TabAsync(stops);
        return PageJudge.Texts(await tab.EvaluateAsync("keyboardFaults()"));
    }

    /// <summary>The same from where that has ended, to the beginning.</summary>
    public static async Task<string[]> FaultsBackwardsAsync(Tab tab)
    {
        var stops = (await tab.EvaluateAsync(Watch)).GetInt32();
        await tab.TabAsync(stops - 1, backwards: true);
        return PageJudge.Texts(await tab.EvaluateAsync("document.activeElement.blur(), keyboardFaults()"));
    }
}
