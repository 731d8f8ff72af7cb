using Microsoft.Extensions.Logging;
using Paddock.Core.Identity;
using Paddock.Store.Coordination;

namespace Paddock.Store.Identity;

/// <summary>
/// The directory in memory. A change made in this process is here before it is acknowledged; one made elsewhere arrives by the
/// database's notice, or at the latest with the next look at the version.
/// </summary>
internal sealed class LiveIdentities(IdentityStore store, IdentitySignal signal, StoreOptions options, TimeProvider time, ILogger<LiveIdentities> logger)
    : IIdentities, IAsyncDisposable
{
    private readonly KeyUses uses = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly LiveCopy<IdentityDirectory> copy = new(IdentityDirectory.Empty, ReferenceEquals, store.LoadAsync, fault => Log.SubscriberFailed(logger, fault));
    private static readonly TimeSpan retryAfter = TimeSpan.FromSeconds(1);

    private int disposed;
    private int retrying;
    private bool isShared;
    private Task background = Task.CompletedTask;

    public IdentityDirectory Current => copy.Current;

    public void NoteUse(KeyId key, DateTimeOffset at) => uses.Note(key, at);

    public IDisposable OnChange(Action<IdentityDirectory> changed) => copy.OnChange(changed);

    /// <summary>Loads the directory and keeps it fresh.</summary>
    /// <param name="shared">Whether other processes change it too, so that its version must be looked at.</param>
    public async Task StartAsync(bool shared, CancellationToken cancellationToken)
    {
        await copy.LoadAsync(cancellationToken);
        Log.DirectoryLoaded(logger, Current.Version, Current.Principals.Length, Current.Keys.Length);
        signal.Subscribe(ReloadAsync);
        isShared = shared;
        background = Task.WhenAll(WriteUsesAsync(stopping.Token), shared ? PollAsync(stopping.Token) : Task.CompletedTask);
    }

    public Task CatchUpAsync(CancellationToken cancellationToken) => isShared ? copy.LoadAsync(cancellationToken) : Task.CompletedTask;

    /// <summary>Loads again; when that fails the old directory serves on meanwhile, and it is tried again each second.</summary>
    public async Task ReloadAsync(CancellationToken cancellationToken)
    {
        if (!await TryLoadAsync(cancellationToken) && Interlocked.Exchange(ref retrying, 1) == 0)
        {
            _ = RetryAsync();
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
            copy.Dispose();
        }
    }

    private async Task RetryAsync()
    {
        try
        {
            do
            {
                await Task.Delay(retryAfter, time, stopping.Token);
            }
            while (!await TryLoadAsync(stopping.Token));
        }
        catch (OperationCanceledException)
        {
            // The store stops.
        }
        finally
        {
            Volatile.Write(ref retrying, 0);
        }
    }

    private async Task<bool> TryLoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await copy.LoadAsync(cancellationToken);
            return true;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Log.DirectoryNotLoaded(logger, fault, Current.Version);
            return false;
        }
    }

    private async Task PollAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.DirectoryPollInterval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            try
            {
                if (await store.VersionAsync(cancellationToken) != (Current.Version, Current.Mark))
                {
                    await copy.LoadAsync(cancellationToken);
                }
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                Log.DirectoryNotLoaded(logger, fault, Current.Version);
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
}
