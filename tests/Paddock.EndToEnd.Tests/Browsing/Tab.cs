using System.Text.Json;

namespace Paddock.EndToEnd.Tests.Browsing;

/// <summary>
/// One tab with cookies of its own. What a person would do comes back when the page that it led to has loaded, or when the browser has
/// stopped trying. A tab is used by one test, one call at a time.
/// </summary>
internal sealed class Tab : IAsyncDisposable
{
    private static readonly string[] editable = ["textbox", "searchbox", "combobox", "spinbutton", "listbox"];

    private readonly DevTools tools;
    private readonly string context;
    private readonly string session;
    private readonly TabRecord record;

    private Tab(DevTools tools, string context, string session, string frame) => (this.tools, this.context, this.session, record) = (tools, context, session, new(frame));

    /// <summary>Where it is; <c>chrome-error:</c> when nobody answered there.</summary>
    public string Url => record.Url;

    /// <summary>HTTP status of the page.</summary>
    public int Status => record.Status;

    /// <summary>Navigations to other schemes, hosts or ports than the last <see cref="GoAsync"/>, in their order, redirects too, whether or not anything handled them.</summary>
    public IReadOnlyList<string> Elsewhere => record.Elsewhere;

    internal static async Task<Tab> OpenAsync(DevTools tools, bool scripts)
    {
        var cookies = Text(await tools.SendAsync("Target.createBrowserContext", new { }), "browserContextId");
        var target = Text(await tools.SendAsync("Target.createTarget", new { url = "about:blank", browserContextId = cookies }), "targetId");
        var attached = Text(await tools.SendAsync("Target.attachToTarget", new { targetId = target, flatten = true }), "sessionId");
        var tab = new Tab(tools, cookies, attached, target);
        tools.Listen(attached, tab.record.Take);
        foreach (var domain in new[] { "Page", "Network", "DOM", "Log", "Runtime", "Audits" })
        {
            await tab.SendAsync($"{domain}.enable", new { });
        }

        await tab.SendAsync("Emulation.setScriptExecutionDisabled", new { value = !scripts });
        await tab.SendAsync("Emulation.setFocusEmulationEnabled", new { enabled = true });
        await tab.ResizeAsync(1280, 800);
        return tab;
    }

    /// <exception cref="InvalidOperationException">Nobody answers there.</exception>
    public async Task GoAsync(string url)
    {
        var arrival = record.Expect(new Uri(url));
        var answer = await SendAsync("Page.navigate", new { url });
        if (answer.TryGetProperty("errorText", out var error) && Elsewhere.Count == 0)
        {
            throw new InvalidOperationException($"{url}: {error}");
        }

        await ArrivedAsync(arrival, url);
    }

    /// <summary>Clicks what leads on: a link, or a button that sends a form.</summary>
    /// <param name="role">As those hear it who do not see the page: <c>link</c>, <c>button</c>, …</param>
    /// <param name="name">The whole of it.</param>
    public async Task ClickAsync(string role, string name)
    {
        var element = await FindAsync(name, role);
        var arrival = record.Expect();
        await PressAsync(element);
        await ArrivedAsync(arrival, $"{role} “{name}”");
    }

    /// <summary>Clicks what stays on the page: a box to tick, something to open.</summary>
    public async Task TickAsync(string role, string name) => await PressAsync(await FindAsync(name, role));

    /// <summary>Types into a field in place of what is there, or chooses from a list.</summary>
    public async Task FillAsync(string label, string text)
    {
        var element = await FindAsync(label, editable);
        var handle = (await SendAsync("DOM.resolveNode", new { backendNodeId = element })).GetProperty("object").GetProperty("objectId").GetString();
        const string choose = """
            function (text) {
              this.focus();
              if (!this.options) { this.select(); return true; }
              const option = [...this.options].find(o => o.text === text);
              if (option) { option.selected = true; }
              return option ? false : null;
            }
            """;
        var typed = (await SendAsync("Runtime.callFunctionOn", new { objectId = handle, functionDeclaration = choose, arguments = new[] { new { value = text } }, returnByValue = true })).GetProperty("result");
        switch (typed.TryGetProperty("value", out var value) ? value.ValueKind : JsonValueKind.Undefined)
        {
            case JsonValueKind.True:
                await SendAsync("Input.insertText", new { text });
                break;
            case JsonValueKind.False:
                break;
            default:
                throw new InvalidOperationException($"“{label}” does not take “{text}”: {typed}");
        }
    }

    /// <summary>What is to be read on the page.</summary>
    public async Task<string> TextAsync() => (await EvaluateAsync("document.body.innerText")).GetString() ?? "";

    /// <param name="script">An expression; its promise is waited for. Runs with scripts of pages switched off, too.</param>
    public async Task<JsonElement> EvaluateAsync(string script)
    {
        var answer = await SendAsync("Runtime.evaluate", new { expression = script, returnByValue = true, awaitPromise = true });
        return answer.TryGetProperty("exceptionDetails", out var fault) ? throw new InvalidOperationException(fault.ToString()) : answer.GetProperty("result").TryGetProperty("value", out var value) ? value : default;
    }

    /// <summary>Runs a script of the test's before anything else on each page from now on; where scripts of pages are switched off, not at all.</summary>
    public Task OnEachPageAsync(string script) => SendAsync("Page.addScriptToEvaluateOnNewDocument", new { source = script });

    /// <summary>Presses the Tab key so many times.</summary>
    /// <param name="backwards">With the Shift key.</param>
    public Task TabAsync(int times, bool backwards = false)
    {
        const string key = "Tab";
        return Task.WhenAll(from _ in Enumerable.Range(0, times) select SendAsync("Input.dispatchKeyEvent", new { type = "rawKeyDown", key, code = key, windowsVirtualKeyCode = 9, modifiers = backwards ? 8 : 0 }));
    }

    /// <summary>Waits for a navigation to elsewhere.</summary>
    /// <param name="prefix">How its address begins.</param>
    /// <returns>The whole address.</returns>
    public Task<string> ElsewhereAsync(string prefix) => record.ElsewhereAsync(prefix).WaitAsync(DevTools.Patience);

    /// <summary>What the browser refused by a content security policy, what it logged as an error, and pages and files of ours that it did not get.</summary>
    public async Task<IReadOnlyList<string>> ProblemsAsync()
    {
        await EvaluateAsync("1"); // what the page told before comes before this answer
        return record.Problems;
    }

    public async Task<IReadOnlyList<TabCookie>> CookiesAsync()
    {
        var answer = await tools.SendAsync("Storage.getCookies", new { browserContextId = context });
        return answer.GetProperty("cookies").Deserialize<TabCookie[]>(JsonSerializerOptions.Web) ?? [];
    }

    public Task ResizeAsync(int width, int height) => SendAsync("Emulation.setDeviceMetricsOverride", new { width, height, deviceScaleFactor = 1, mobile = false });

    /// <summary>Tells pages what the system's colours are.</summary>
    public Task ColoursAsync(bool dark) => SendAsync("Emulation.setEmulatedMedia", new { features = new[] { new { name = "prefers-color-scheme", value = dark ? "dark" : "light" } } });

    /// <returns>PNG.</returns>
    public async Task<byte[]> ScreenshotAsync() => (await SendAsync("Page.captureScreenshot", new { format = "png" })).GetProperty("data").GetBytesFromBase64();

    public async ValueTask DisposeAsync()
    {
        tools.Forget(session);
        await tools.SendAsync("Target.disposeBrowserContext", new { browserContextId = context });
    }

    /// <returns>Its id among the nodes behind the page.</returns>
    private async Task<int> FindAsync(string name, params string[] roles)
    {
        var document = (await SendAsync("DOM.getDocument", new { depth = 0 })).GetProperty("root").GetProperty("backendNodeId").GetInt32();
        var named = (await SendAsync("Accessibility.queryAXTree", new { backendNodeId = document, accessibleName = name })).GetProperty("nodes");
        int[] found = [.. from node in named.EnumerateArray()
                          where !node.GetProperty("ignored").GetBoolean() && roles.Contains(Text(node.GetProperty("role"), "value"), StringComparer.Ordinal)
                          select node.GetProperty("backendDOMNodeId").GetInt32()];
        return found.Length == 1 ? found[0] : throw new InvalidOperationException($"{found.Length} of {string.Join('/', roles)} “{name}” on {Url} ({Status}):\n{await TextAsync()}");
    }

    private async Task PressAsync(int element)
    {
        await SendAsync("DOM.scrollIntoViewIfNeeded", new { backendNodeId = element });
        var quad = (await SendAsync("DOM.getContentQuads", new { backendNodeId = element })).GetProperty("quads")[0];
        var (x, y) = ((quad[0].GetDouble() + quad[4].GetDouble()) / 2, (quad[1].GetDouble() + quad[5].GetDouble()) / 2);
        foreach (var type in new[] { "mousePressed", "mouseReleased" })
        {
            await SendAsync("Input.dispatchMouseEvent", new { type, x, y, button = "left", clickCount = 1 });
        }
    }

    private async Task ArrivedAsync(Task arrival, string after)
    {
        try
        {
            await arrival.WaitAsync(DevTools.Patience);
        }
        catch (TimeoutException never)
        {
            throw new TimeoutException($"Nothing loaded after {after}; still at {Url} ({Status}):\n{await TextAsync()}", never);
        }
    }

    private Task<JsonElement> SendAsync(string method, object parameters) => tools.SendAsync(method, parameters, session);

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";
}
