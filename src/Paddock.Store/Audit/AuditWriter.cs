using Microsoft.Extensions.Logging;
using Paddock.Core.Audit;
using Paddock.Core.Notifications;

namespace Paddock.Store.Audit;

/// <summary>
/// The audit log's writer. One loop writes what gathered while it wrote before; so callers that come at once share one commit. When no
/// device takes entries, those who wait hear it at once, and what nobody waits for is kept for when one does.
/// </summary>
internal sealed class AuditWriter(EntryBook book, AuditDevices devices, EntryQueue queue, EntrySignal signal, EntryShipper shipper, AuditMetrics metrics, INotifications notifications, TimeProvider time, ILogger<AuditWriter> logger)
    : IAuditLog, IAsyncDisposable
{
    private const int AtOnce = 500;

    /// <summary>How many entries that nobody waits for are kept while no device takes them.</summary>
    private const int MostKept = 20_000;

    private static readonly TimeSpan lookPeriod = TimeSpan.FromSeconds(1);

    private readonly List<AuditEntry> kept = [];
    private readonly CancellationTokenSource stopping = new();
    private ITimer? looks;
    private Task running = Task.CompletedTask;
    private DateTimeOffset unavailableSince;
    private volatile bool isUnavailable;
    private int lost;
    private int disposed;

    public bool IsAvailable => !isUnavailable;

    public void Start()
    {
        running = Task.Run(() => RunAsync(stopping.Token), CancellationToken.None);
        looks = time.CreateTimer(_ => queue.TryAdd(new(null, null)), null, TimeSpan.Zero, lookPeriod);
    }

    public async Task AppendAsync(AuditEvent what, CancellationToken cancellationToken)
    {
        if (!IsAvailable)
        {
            metrics.Refused(1);
            throw new AuditUnavailableException();
        }

        var begun = time.GetTimestamp();
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await queue.AddAsync(new(book.Enter(what), done), cancellationToken);
        await done.Task.WaitAsync(cancellationToken);
        metrics.Waited(time.GetElapsedTime(begun));
    }

    public void Post(AuditEvent what)
    {
        if (!queue.TryAdd(new(book.Enter(what), null)))
        {
            Lose(1);
        }
    }

    /// <summary>Completes when everything handed in before is in the database, or lies in a file that the database does not take over now, or was refused.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await queue.AddAsync(new(null, done), cancellationToken);
        await done.Task.WaitAsync(cancellationToken);
        await shipper.ShipAsync(cancellationToken);
    }

    /// <summary>Writes what waits, as long as the token lets it, and ends.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        looks?.Dispose();
        queue.End();
        try
        {
            await running.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await stopping.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 0)
        {
            looks?.Dispose();
            queue.End();
            await stopping.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            stopping.Dispose();
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        var batch = new List<PendingEntry>();
        while (await queue.WaitAsync(cancellationToken))
        {
            await Task.Yield(); // whoever was told of the last commit is ready to run, and what they bring next shares this one
            queue.Take(batch, AtOnce);
            if (batch.Exists(static pending => pending.Entry is null))
            {
                await LookAsync(cancellationToken);
            }

            await WriteAsync(batch, cancellationToken);
            batch.Clear();
        }
    }

    private async Task WriteAsync(List<PendingEntry> batch, CancellationToken cancellationToken)
    {
        var entries = batch.Where(static pending => pending.Entry is not null).Select(static pending => pending.Entry!).ToList(); // asked before
        try
        {
            if (entries.Count > 0)
            {
                await WriteAsync(entries, cancellationToken);
            }

            batch.ForEach(static pending => pending.Done?.TrySetResult());
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Refuse(batch, fault);
        }
    }

    private async Task WriteAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken)
    {
        if (!IsAvailable)
        {
            throw new AuditUnavailableException(); // the next look tries again
        }

        await devices.WriteAsync(entries, cancellationToken);
        Tell();
    }

    private void Tell()
    {
        if (devices.IsSpooling)
        {
            shipper.Wake();
        }
        else
        {
            signal.Raise();
        }
    }

    private void Refuse(List<PendingEntry> batch, Exception fault)
    {
        if (IsAvailable)
        {
            unavailableSince = time.GetUtcNow();
            isUnavailable = true;
            Log.Unavailable(logger, fault.Message);
            notifications.Post(AuditNotices.Unavailable(time.GetUtcNow()));
        }

        metrics.Refused(batch.Count(static pending => pending is { Entry: not null, Done: not null }));
        foreach (var (entry, done) in batch)
        {
            if (done is null && entry is not null)
            {
                Keep(entry);
            }

            if (entry is null)
            {
                done?.TrySetResult();
            }
            else
            {
                done?.TrySetException(new AuditUnavailableException("The audit log cannot be written.", fault));
            }
        }
    }

    /// <summary>Has what lies in files brought over, and tries whether a device takes entries again.</summary>
    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!devices.IsDatabaseThere || devices.IsSpooling)
            {
                shipper.Wake(); // not waited for: callers would wait with it for a database that does not answer
            }

            if (isUnavailable)
            {
                await ResumeAsync(unavailableSince, cancellationToken);
            }
        }
        catch (Exception fault) when (fault is AuditUnavailableException or IOException or UnauthorizedAccessException)
        {
            // The next look comes in a second.
        }
    }

    private async Task ResumeAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var (now, gone) = (time.GetUtcNow(), lost);
        var resumed = book.Enter(new()
        {
            Act = AuditActs.Resumed,
            Actor = AuditActor.Of("system:audit"),
            Mutating = false,
            Facts = [AuditFact.Of("since", since.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture)), AuditFact.Of("lost", gone)],
        });
        await devices.WriteAsync([.. kept, resumed], cancellationToken);
        Tell();
        kept.Clear();
        Interlocked.Add(ref lost, -gone);
        isUnavailable = false;
        Log.Resumed(logger, now - since, gone);
        notifications.Post(AuditNotices.Resumed(now, since, gone));
    }

    private void Keep(AuditEntry entry)
    {
        if (kept.Count < MostKept)
        {
            kept.Add(entry);
        }
        else
        {
            Lose(1);
        }
    }

    private void Lose(int count)
    {
        Interlocked.Add(ref lost, count);
        metrics.Lost(count);
    }
}
