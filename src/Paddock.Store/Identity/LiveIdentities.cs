using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Paddock.Core.Identity;

namespace Paddock.Store.Identity;

/// <summary>
/// The directory in memory. A change made in this process is here before it is acknowledged; one made elsewhere arrives by the
/// database's notice, or at the latest with the next look at the version.
/// </summary>
internal sealed class LiveIdentities(IdentityStore store, IdentitySignal signal, StoreOptions options, TimeProvider time, ILogger<LiveIdentities> logger)
    : IIdentities, IAsyncDisposable
{
    private readonly KeyUses uses = new();
    private readonly SemaphoreSlim loading = new(1, 1);
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock delivering = new();
    private ImmutableArray<Subscription> subscriptions = [];
    private volatile IdentityDirectory current = IdentityDirectory.Empty;
    private long delivered;
    private int disposed;
    private Task background = Task.CompletedTask;

    public IdentityDirectory Current => current;

    public void NoteUse(KeyId key, DateTimeOffset at) => uses.Note(key, at);

    public IDisposable OnChange(Action<IdentityDirectory> changed)
    {
        var subscription = new Subscription(this, changed);
        ImmutableInterlocked.Update(ref subscriptions, static (all, one) => all.Add(one), subscription);
        return subscription;
    }

    /// <summary>Loads the directory and keeps it fresh.</summary>
    /// <param name="shared">Whether other processes change it too, so that its version must be looked at.</param>
    public async Task StartAsync(bool shared, CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        Log.DirectoryLoaded(logger, current.Version, current.Principals.Length, current.Keys.Length);
        signal.Subscribe(ReloadAsync);
        background = Task.WhenAll(WriteUsesAsync(stopping.Token), shared ? PollAsync(stopping.Token) : Task.CompletedTask);
    }

    /// <summary>Loads again; when that fails the old directory serves on and the next look tries again.</summary>
    public async Task ReloadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LoadAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Log.DirectoryNotLoaded(logger, fault, current.Version);
        }
    }

    /// <summary>Ends the background work and writes the last uses.</summary>
    public async Task StopAsync()
    {
        await stopping.CancelAsync();
        await background.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await FlushUsesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 0)
        {
            await stopping.CancelAsync();
            await background.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            stopping.Dispose();
            loading.Dispose();
        }
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        await loading.WaitAsync(cancellationToken);
        try
        {
            var loaded = await store.LoadAsync(cancellationToken);
            if (loaded.Version <= current.Version)
            {
                return;
            }

            current = loaded;
        }
        finally
        {
            loading.Release();
        }

        if (!subscriptions.IsEmpty)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static live => live.Deliver(), this, preferLocal: false);
        }
    }

    /// <summary>One delivery at a time and never an older directory after a newer one.</summary>
    private void Deliver()
    {
        lock (delivering)
        {
            var directory = current;
            if (directory.Version <= delivered)
            {
                return;
            }

            delivered = directory.Version;
            foreach (var subscription in subscriptions)
            {
                try
                {
                    subscription.Changed(directory);
                }
                catch (Exception fault)
                {
                    Log.SubscriberFailed(logger, fault);
                }
            }
        }
    }

    private async Task PollAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.DirectoryPollInterval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            try
            {
                if (await store.VersionAsync(cancellationToken) != current.Version)
                {
                    await LoadAsync(cancellationToken);
                }
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                Log.DirectoryNotLoaded(logger, fault, current.Version);
            }
        }
    }

    private async Task WriteUsesAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.KeyUseInterval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            await FlushUsesAsync();
        }
    }

    private async Task FlushUsesAsync()
    {
        var taken = uses.Take();
        if (taken.Count == 0)
        {
            return;
        }

        try
        {
            await store.SetLastUsedAsync(taken, CancellationToken.None);
        }
        catch (Exception fault)
        {
            uses.Return(taken);
            Log.UsesNotWritten(logger, fault, taken.Count);
        }
    }

    private sealed class Subscription(LiveIdentities live, Action<IdentityDirectory> changed) : IDisposable
    {
        public Action<IdentityDirectory> Changed => changed;

        public void Dispose() => ImmutableInterlocked.Update(ref live.subscriptions, static (all, one) => all.Remove(one), this);
    }
}
