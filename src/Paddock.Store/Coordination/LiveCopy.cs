using System.Collections.Immutable;

namespace Paddock.Store.Coordination;

/// <summary>
/// Something of the database that every call reads, whole in memory: replaced by what was loaded last, and told to subscribers in order. That
/// may have a lower version than before: the database was restored, or has lost its last moments. While it cannot be loaded the last one serves on.
/// </summary>
/// <param name="isSame">Whether what was loaded is what there is.</param>
/// <param name="load">Gets the last one: what has not changed need not be read again.</param>
/// <param name="subscriberFailed">Hears of the fault of one; the others are told all the same.</param>
internal sealed class LiveCopy<T>(T first, Func<T, T, bool> isSame, Func<T, CancellationToken, Task<T>> load, Action<Exception> subscriberFailed) : IDisposable
    where T : class
{
    private readonly SemaphoreSlim loading = new(1, 1);
    private readonly Lock delivering = new();
    private ImmutableArray<Subscription> subscriptions = [];
    private volatile T current = first;
    private T delivered = first;
    private int begun;
    private int ended;

    public T Current => current;

    /// <summary>Calls back after each change, on a pool thread. Dispose the result to stop.</summary>
    public IDisposable OnChange(Action<T> changed)
    {
        var subscription = new Subscription(this, changed);
        ImmutableInterlocked.Update(ref subscriptions, static (all, one) => all.Add(one), subscription);
        return subscription;
    }

    /// <summary>Has what stood in the database when this was called, or what came after. Many who ask at once share one reading: it is theirs when it began after they asked.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var before = Volatile.Read(ref begun);
        await loading.WaitAsync(cancellationToken);
        try
        {
            if (ended > before)
            {
                return;
            }

            var number = Interlocked.Increment(ref begun);
            var loaded = await load(current, cancellationToken);
            ended = number;
            if (isSame(loaded, current))
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
            if (ReferenceEquals(latest, delivered))
            {
                return;
            }

            delivered = latest;
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
