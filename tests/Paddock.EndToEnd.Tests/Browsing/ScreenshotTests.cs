using System.Diagnostics;
using Paddock.EndToEnd.Tests.Identity;
using Paddock.Testing;

namespace Paddock.EndToEnd.Tests.Browsing;

/// <summary>
/// The pictures in <c>docs/images</c>. They are made anew with <c>PADDOCK_PICTURES=docs/images</c>, and are to be looked at then; without it they
/// go nowhere, and the soak only finds that they can be made.
/// </summary>
public class ScreenshotTests(Chromium chromium)
{
    private const int Width = 1120, Narrow = 390, Tallest = 1100;

    /// <summary>What people would see in place of a test's port.</summary>
    private const string OtherAddress = """
        for (const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT); walk.nextNode();) {
          walk.currentNode.data = walk.currentNode.data.replaceAll(location.origin, 'https://paddock.company.example');
        }
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact, Trait("In", "soak")]
    public async Task The_main_pages_are_drawn_in_light_and_in_dark()
    {
        await using var at = await InhabitedPaddock.StartAsync();
        await using var tab = await chromium.OpenAsync();
        await ShootAsync(tab, at.Url + "/sign-in", "sign-in");
        await tab.GoAsync(at.Url + "/sign-in");
        await tab.FillAsync("Name", InhabitedPaddock.Mara);
        await tab.FillAsync("Password", ServedPeople.Password);
        await tab.ClickAsync("button", "Sign in");
        foreach (var (path, name) in new[]
        {
            ("/?by=agent", "overview"), ("/tasks", "tasks"), ($"/tasks/{at.Tasks.Story}", "task"), ($"/decisions/{at.Tasks.Refused}", "decision"), ("/definitions", "definitions"), ("/alerts", "alerts"), ("/runbooks", "runbooks"), ("/runbooks/provider-degradation", "runbook"), ($"/runs/{at.Runbooks.Waiting}", "run"), ($"/audit-log/{at.Tasks.Entry}", "entry"), ("/account", "account"), ("/people", "people"), ("/people/tomasz.nowak", "person"), ("/teams", "teams"), ("/clients", "clients"), ("/approvals", "approvals"),
            ($"/approvals/{at.Waiting}", "request"), ($"/approvals/{at.Careful}", "request-careful"), ("/audit-log", "audit-log"),
            ($"/device?code={(await at.MachineAsync("thinkpad-mara")).UserCode}", "machine"), ("/roo/extension/sign-in?auth_redirect=vscode://RooVeterinaryInc.roo-cline&state=state-of-a-picture", "consent"),
        })
        {
            await ShootAsync(tab, at.Url + path, name);
        }
    }

    private static async Task ShootAsync(Tab tab, string url, string name)
    {
        await tab.GoAsync(url);
        await tab.EvaluateAsync(OtherAddress);
        foreach (var (width, suffix) in name is "request" or "overview" ? [(Width, ""), (Narrow, "-narrow")] : new[] { (Width, "") })
        {
            // As tall as the page is, not as the window.
            await tab.ResizeAsync(width, 400);
            var height = Math.Min(Tallest, (await tab.EvaluateAsync("document.documentElement.scrollHeight")).GetInt32());
            await tab.ResizeAsync(width, height);
            foreach (var dark in new[] { false, true })
            {
                await tab.ColoursAsync(dark);
                await KeepAsync($"{name}{suffix}{(dark ? "-dark" : "")}.png", await tab.ScreenshotAsync());
            }
        }
    }

    /// <summary>With a palette of few colours where pngquant is installed: a third of the size.</summary>
    private static async Task KeepAsync(string name, byte[] png)
    {
        if (Environment.GetEnvironmentVariable("PADDOCK_PICTURES") is not { Length: > 0 } folder)
        {
            return;
        }

        var file = RepositoryFolder.Of(folder, name);
        await File.WriteAllBytesAsync(file, png, Cancellation);
        if (File.Exists("/usr/bin/pngquant"))
        {
            using var quantize = Process.Start("pngquant", ["--force", "--skip-if-larger", "--strip", "--output", file, "64", file]);
            await quantize.WaitForExitAsync(Cancellation);
        }
    }
}
