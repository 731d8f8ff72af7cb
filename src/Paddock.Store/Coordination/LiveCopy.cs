using System.Collections.Immutable;

namespace Paddock.Store.Coordination;

/// <summary>
/// Something of the database that every call reads, whole in memory: replaced by newer versions only, and told to subscribers in order.
/// While it cannot be loaded the last one serves on.
/// </summary>
/// <param name="load">Gets the last one: what has not changed need not be read again.</param>
/// <param name="subscriberFailed">Hears of the fault of one; the others are told all the same.</param>
internal sealed class LiveCopy<T>(T first, Func<T, long> versionOf, Func<T, CancellationToken, Task<T>> load, Action<Exception> subscriberFailed) : IDisposable
    where T : class
{
    private readonly SemaphoreSlim loading = new(1, 1);
    private readonly Lock delivering = new();
    private ImmutableArray<Subscription> subscriptions = [];
    private volatile T current = first;
    private long delivered;

    public T Current => current;

    public long Version => versionOf(current);

    /// <summary>Calls back after each change, on a pool thread. Dispose the result to stop.</summary>
    public IDisposable OnChange(Action<T> changed)
    {
        var subscription = new Subscription(this, changed);
        ImmutableInterlocked.Update(ref subscriptions, static (all, one) => all.Add(one), subscription);
        return subscription;
    }

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await loading.WaitAsync(cancellationToken);
        try
        {
            var loaded = await load(current, cancellationToken);
            if (versionOf(loaded) <= versionOf(current))
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

    public void Dispose() => loading.Dispose();

    /// <summary>One delivery at a time and never an older version after a newer one.</summary>
    private void Deliver()
    {
        lock (delivering)
        {
            var latest = current;
            if (versionOf(latest) <= delivered)
            {
                return;
            }

            delivered = versionOf(latest);
            foreach (var subscription in subscriptions)
            {
                try
                {
                    subscription.Changed(latest);
                }
                catch (Exception fault)
                {
                    subscriberFailed(fault);
                }
            }
        }
    }

    private sealed class Subscription(LiveCopy<T> copy, Action<T> changed) : IDisposable
    {
        public Action<T> Changed => changed;

        public void Dispose() => ImmutableInterlocked.Update(ref copy.subscriptions, static (all, one) => all.Remove(one), this);
    }
}
