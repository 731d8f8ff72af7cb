using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Paddock.Core.Releases;
using Paddock.Settings;

namespace Paddock.Hosting;

/// <summary>
/// Looks at the release directory once a second and takes in what changed. Looking beats listening here: editors replace files,
/// config maps swap links, and network file systems send no events.
/// </summary>
internal sealed class ReleaseWatcher(ServeSettings settings, ReleaseActivation releases, TimeProvider time, ILogger<ReleaseWatcher> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private string seen = "";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.ReleaseDirectory is not { } directory)
        {
            return;
        }

        seen = Stamp(directory);
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await LookAsync(directory, stoppingToken);
        }
    }

    private async Task LookAsync(string directory, CancellationToken cancellationToken)
    {
        try
        {
            var stamp = Stamp(directory);
            if (stamp == seen)
            {
                return;
            }

            seen = stamp;
            var faults = await releases.TakeAsync(ReleaseDirectory.Read(directory), ReleaseDirectory.FromEnvironment(), "system:release-dir", cancellationToken);
            if (faults.Count > 0)
            {
                Log.ReleaseRejected(logger, faults.Count, string.Join(Environment.NewLine, faults));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.ReleaseUnreadable(logger, exception, directory);
        }
    }

    /// <summary>Names, sizes and times of all files: enough to see that something changed.</summary>
    private static string Stamp(string directory) => string.Join(
        '\n',
        new DirectoryInfo(directory).EnumerateFiles("*.y*ml", SearchOption.AllDirectories)
            .OrderBy(file => file.FullName, StringComparer.Ordinal)
            .Select(file => $"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}"));
}
