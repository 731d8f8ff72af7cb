using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Paddock.Control;
using Paddock.Control.Releases;
using Paddock.Core.Releases;
using Paddock.Settings;

namespace Paddock.Hosting;

/// <summary>Looks at the release directory once a second and takes in what changed, when two looks saw the same: half of a change is no release.</summary>
internal sealed class ReleaseWatcher(ServeSettings settings, ReleaseBook book, TimeProvider time, ILogger<ReleaseWatcher> logger) : BackgroundService
{
    private static readonly TimeSpan period = TimeSpan.FromSeconds(1);

    private static readonly Actor actor = Actor.Installation(FirstRelease.DirectoryOrigin);

    private string last = "";
    private string taken = "";

    /// <summary>One look, and what follows from it.</summary>
    public async Task LookAsync(string directory, CancellationToken cancellationToken)
    {
        try
        {
            var found = ReleaseDirectory.Read(directory);
            var stamp = StampOf(found);
            var settled = stamp == last;
            last = stamp;
            if (settled && stamp != taken)
            {
                await TakeAsync(found, cancellationToken);
                taken = stamp;
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // The database may be away as well; the next look tries again.
            Log.ReleaseUnreadable(logger, directory, fault.Message);
        }
    }

    /// <summary>What was taken in before the first look.</summary>
    public void Took(ReleaseFiles found) => last = taken = StampOf(found);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.ReleaseDirectory is not { } directory)
        {
            return;
        }

        using var timer = new PeriodicTimer(period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await LookAsync(directory, stoppingToken);
        }
    }

    private async Task TakeAsync(ReleaseFiles found, CancellationToken cancellationToken)
    {
        if (found.Faults.Count > 0)
        {
            Log.ReleaseRejected(logger, found.Faults.Count, string.Join(Environment.NewLine, found.Faults));
            book.Reject(found.Files, found.Faults, actor);
            return;
        }

        await book.PublishAsync(found.Files, actor, cancellationToken);
    }

    private static string StampOf(ReleaseFiles found) => ReleaseManifest.Text(found.Files) + string.Join('\n', found.Faults);
}
