using Microsoft.Extensions.Logging;
using Paddock.Core.Containments;
using Paddock.Store.Coordination;
using Paddock.Store.Dialects;

namespace Paddock.Store.Containments;

/// <summary>
/// The containments in memory. One made in this process is here before it is acknowledged; one made elsewhere arrives by the database's
/// notice, or at the latest with the next look at the version.
/// </summary>
internal sealed class LiveContainments(IDatabase database, StoreOptions options, TimeProvider time, ILogger<LiveContainments> logger) : IContainments, IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly LiveCopy<ContainmentSet> copy = new(
        ContainmentSet.Empty, static (one, other) => one.Version == other.Version && one.All.SequenceEqual(other.All), (_, cancellationToken) => database.ReadAsync(ReadAsync, cancellationToken), fault => Log.SubscriberFailed(logger, fault));

    private Task background = Task.CompletedTask;
    private int disposed;

    public ContainmentSet Current => copy.Current;

    public IDisposable OnChange(Action<ContainmentSet> changed) => copy.OnChange(changed);

    /// <summary>Loads the set and keeps it fresh.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await copy.LoadAsync(cancellationToken);
        if (!Current.IsEmpty)
        {
            Log.StandAfterStart(logger, Current.CountInForce(time.GetUtcNow()));
        }

        background = PollAsync(stopping.Token);
    }

    /// <summary>Loads again what this process has just changed. A fault is the asker's to hear: until the next look, what they ordered is not in force here.</summary>
    public Task LoadAsync(CancellationToken cancellationToken) => copy.LoadAsync(cancellationToken);

    /// <summary>Loads again; when that fails the last set holds on and the next look tries again.</summary>
    public async Task ReloadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await copy.LoadAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Log.NotLoaded(logger, fault.Message, Current.Version);
        }
    }

    public async Task StopAsync()
    {
        await stopping.CancelAsync();
        await background.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 0)
        {
            await StopAsync();
            stopping.Dispose();
            copy.Dispose();
        }
    }

    private static async Task<ContainmentSet> ReadAsync(Session session)
    {
        var version = await VersionAsync(session);
        var rows = await session.QueryAsync<ContainmentRow>($"SELECT {ContainmentRow.Columns} FROM containments WHERE lifted_at IS NULL AND lapsed_at IS NULL ORDER BY id");
        return new(version, [.. rows.Select(row => row.ToContainment())]);
    }

    private static Task<long> VersionAsync(Session session) => session.ScalarAsync<long>("SELECT value FROM counters WHERE name = 'containments'");

    /// <summary>Also where nobody else changes them: what could not be loaded after a change is loaded by the next look.</summary>
    private async Task PollAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.DirectoryPollInterval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            try
            {
                if (await database.ReadAsync(VersionAsync, cancellationToken) != Current.Version)
                {
                    await copy.LoadAsync(cancellationToken);
                }
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                Log.NotLoaded(logger, fault.Message, Current.Version);
            }
        }
    }
}
