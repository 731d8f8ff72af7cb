using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Core.Audit;
using Paddock.Store;

namespace Paddock.Benchmarks.Audit;

/// <summary>How long many entries take to be written and put into the log, and to be verified by the command that an auditor runs.</summary>
internal static class ManyEntries
{
    private const int Callers = 500;
    private static readonly string executable = Path.GetFullPath(Path.Combine("artifacts", "bin", "Paddock", "release", "paddock"));

    public static async Task RunAsync(int count)
    {
        var directory = Directory.CreateTempSubdirectory("paddock-bench-").FullName;
        var watch = Stopwatch.StartNew();
        await FillAsync(directory, count);
        Console.WriteLine($"{count:N0} entries written and put into the log in {watch.Elapsed.TotalSeconds:F0} s");
        watch.Restart();
        using var verify = Process.Start(new ProcessStartInfo(executable, ["audit", "verify", directory]) { UseShellExecute = false }) ?? throw new InvalidOperationException("paddock did not start; build src/Paddock in Release first.");
        var peak = 0L;
        while (!verify.WaitForExit(50))
        {
            verify.Refresh();
            peak = Math.Max(peak, verify.PeakWorkingSet64);
        }

        Console.WriteLine($"verified in {watch.Elapsed.TotalSeconds:F1} s, {peak >> 20} MB at most, exit code {verify.ExitCode}");
        Directory.Delete(directory, recursive: true);
    }

    private static async Task FillAsync(string directory, int count)
    {
        var services = new ServiceCollection();
        services.AddStore(new() { DataDirectory = directory });
        await using var provider = services.BuildServiceProvider();
        var store = provider.GetRequiredService<StoreMaintenance>();
        await store.StartAsync(CancellationToken.None);
        var (log, number) = (provider.GetRequiredService<IAuditLog>(), 0);
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref number) is var mine && mine <= count)
            {
                await log.AppendAsync(IntentRate.Intent(mine), CancellationToken.None);
            }
        })));
        await store.StopAsync(CancellationToken.None);
    }
}
