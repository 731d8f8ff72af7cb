using Microsoft.Extensions.Logging;
using Paddock.Control;
using Paddock.Control.Releases;
using Paddock.Core.Ledger;
using Paddock.Core.Releases;
using Paddock.Settings;

namespace Paddock.Hosting;

/// <summary>
/// Finds the release a server starts with: the directory's; else the one that an operator put in force; else the starter, with the environment's providers. What is
/// broken gives way to the one that was in force last; without that there is nothing to serve.
/// </summary>
internal sealed class FirstRelease(ServeSettings settings, ReleaseBook book, ReleaseWatcher watcher, IReleaseStore store, ILedger ledger, ILogger<FirstRelease> logger)
{
    public const string DirectoryOrigin = "system:release-dir";
    public const string EnvironmentOrigin = "system:environment";
    public const string DemoOrigin = "system:demo";

    private static readonly TimeSpan patience = TimeSpan.FromSeconds(15);

    /// <exception cref="SettingsException">There is nothing good to serve.</exception>
    public async Task TakeAsync(CancellationToken cancellationToken)
    {
        await CatchUpAsync(cancellationToken);
        book.FromEnvironment = ReleaseDirectory.FromEnvironment();
        if (settings.ControlOnly)
        {
            await book.ResumeAsync(cancellationToken);
        }
        else if (settings.ReleaseDirectory is { } directory)
        {
            await TakeDirectoryAsync(directory, cancellationToken);
        }
        else if (settings.Documents is { } demo)
        {
            await TakeOrResumeAsync(demo, DemoOrigin, "The demo's release", cancellationToken);
        }
        else if (await store.ActiveAsync(cancellationToken) is not { Origin: not EnvironmentOrigin and not DemoOrigin })
        {
            await TakeOrResumeAsync(StarterRelease.Shipped, EnvironmentOrigin, "The starter's release", cancellationToken);
        }
        else if (await book.ResumeAsync(cancellationToken) is PublishOutcome.Refused { Faults: var faults })
        {
            throw Nothing("The stored release", faults);
        }
    }

    private async Task TakeDirectoryAsync(string directory, CancellationToken cancellationToken)
    {
        book.Directory = directory;
        var found = ReadOrFault(directory);
        watcher.Took(found);
        if (found.Faults.Count == 0)
        {
            await TakeOrResumeAsync(found.Files, DirectoryOrigin, $"The release in {directory}", cancellationToken);
            return;
        }

        IReadOnlyList<ReleaseFault> all = ReleaseLoader.Load(found.Files) is LoadOutcome.Rejected rejected ? [.. found.Faults, .. rejected.Faults] : found.Faults;
        Log.ReleaseRejected(logger, all.Count, string.Join(Environment.NewLine, all));
        book.Reject(found.Files, all, Actor.Installation(DirectoryOrigin));
        await ResumeAsync($"The release in {directory}", all, cancellationToken);
    }

    /// <summary>A directory that went away (a volume not mounted) is broken like any other: the last good release serves on.</summary>
    private static ReleaseFiles ReadOrFault(string directory)
    {
        try
        {
            return ReleaseDirectory.Read(directory);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new([], [new(directory, 0, "", fault.Message)]);
        }
    }

    private async Task TakeOrResumeAsync(IReadOnlyList<SourceFile> files, string origin, string what, CancellationToken cancellationToken)
    {
        if (await book.PublishAsync(files, Actor.Installation(origin), cancellationToken) is PublishOutcome.Refused { Faults: var faults })
        {
            await ResumeAsync(what, faults, cancellationToken);
        }
    }

    private async Task ResumeAsync(string what, IReadOnlyList<ReleaseFault> faults, CancellationToken cancellationToken)
    {
        if (await book.ResumeAsync(cancellationToken) is not PublishOutcome.InForce)
        {
            throw Nothing(what, faults);
        }
    }

    private static SettingsException Nothing(string what, IReadOnlyList<ReleaseFault> faults) =>
        new($"{what} is refused for {Problem.Counted(faults.Count)}, and there is no earlier one to go on with:{Environment.NewLine}{string.Join(Environment.NewLine, faults)}");

    /// <summary>What an earlier process recorded must be counted before budgets are asked. A database that is slow to take it does not stop the start.</summary>
    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            await ledger.FlushAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Log.LedgerBehind(logger, patience);
        }
    }
}
