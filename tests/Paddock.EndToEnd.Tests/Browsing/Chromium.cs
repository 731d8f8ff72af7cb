using System.Diagnostics;
using Paddock.EndToEnd.Tests.Browsing;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace Paddock.EndToEnd.Tests.Browsing;

/// <summary>Debian's Chromium without a window: one process for all tests, started by the first that asks for a tab.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private const string Announces = "DevTools listening on ";

    private readonly SemaphoreSlim starting = new(1, 1);
    private readonly string home = Directory.CreateTempSubdirectory("paddock-chromium-").FullName;
    private Process? process;
    private DevTools? tools;

    /// <summary>A tab with cookies and storage of its own.</summary>
    /// <param name="scripts">Whether pages may run scripts.</param>
    internal async Task<Tab> OpenAsync(bool scripts = true) => await Tab.OpenAsync(await StartedAsync(), scripts);

    public async ValueTask DisposeAsync()
    {
        if (tools is not null && process is not null)
        {
            await tools.SendAsync("Browser.close", new { });
            await process.WaitForExitAsync().WaitAsync(DevTools.Patience);
            await tools.DisposeAsync();
            process.Dispose();
        }

        starting.Dispose();
        Directory.Delete(home, recursive: true);
    }

    private async Task<DevTools> StartedAsync()
    {
        await starting.WaitAsync();
        try
        {
            return tools ??= await DevTools.ConnectAsync(await StartAsync());
        }
        finally
        {
            starting.Release();
        }
    }

    /// <returns>Where it takes commands.</returns>
    private async Task<Uri> StartAsync()
    {
        var start = new ProcessStartInfo("chromium")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                // Without its sandbox, which needs rights that containers do not have: it sees our own pages only.
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions", "--hide-scrollbars",
                "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--no-proxy-server", "--force-color-profile=srgb",
                "--disable-features=SpareRendererForSitePerProcess", // a process held ready for each page costs as much as the page
                "--remote-debugging-port=0", $"--user-data-dir={home}",
            },
        };
        process = Process.Start(start) ?? throw new InvalidOperationException("chromium did not start.");
        var (address, said) = (new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously), new List<string>());
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                address.TrySetException(new InvalidOperationException("chromium ended:\n" + string.Join('\n', said)));
            }
            else if (line.Data.StartsWith(Announces, StringComparison.Ordinal))
            {
                address.TrySetResult(new(line.Data[Announces.Length..]));
            }
            else if (!address.Task.IsCompleted)
            {
                said.Add(line.Data);
            }
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return await address.Task.WaitAsync(DevTools.Patience);
    }
}
