using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Paddock.Store.Ledger;

/// <summary>
/// The thread behind the journal: it makes records durable in groups, and writes those that could not be written when
/// they came. Nobody on a call's path waits for it.
/// </summary>
internal sealed class JournalKeeper : IDisposable
{
    /// <summary>Records kept in memory at most, about 50 MB.</summary>
    private const int MaxKept = 100_000;

    private readonly Journal journal;
    private readonly TimeSpan interval;
    private readonly ILogger logger;
    private readonly ConcurrentQueue<byte[]> kept = new();
    private readonly AutoResetEvent work = new(initialState: false);
    private readonly ManualResetEvent stop = new(initialState: false);
    private readonly Thread thread;
    private TaskCompletionSource written = NewSignal();
    private int pending;
    private volatile bool failing;

    public JournalKeeper(Journal journal, TimeSpan interval, ILogger logger)
    {
        (this.journal, this.interval, this.logger) = (journal, interval, logger);
        thread = new(Run) { IsBackground = true, Name = "paddock-journal" };
        thread.Start();
    }

    /// <summary>False from a failed write until one succeeds again.</summary>
    public bool IsHealthy => !failing;

    /// <summary>Says that something was appended.</summary>
    public void Appended()
    {
        if (Volatile.Read(ref pending) == 0 && Interlocked.Exchange(ref pending, 1) == 0)
        {
            work.Set();
        }
    }

    /// <summary>Says that a write failed: from now on the thread tries until one succeeds.</summary>
    public void Failed(Exception fault)
    {
        if (!failing)
        {
            failing = true;
            Log.JournalNotWritten(logger, fault);
        }

        Interlocked.Exchange(ref pending, 1);
        work.Set();
    }

    /// <summary>Keeps a record that could not be written: a closing, or an opening while the glass is broken.</summary>
    public void Keep(byte[] record, Exception fault)
    {
        if (kept.Count >= MaxKept)
        {
            Log.ClosingGivenUp(logger, MaxKept);
        }
        else
        {
            kept.Enqueue(record);
        }

        Failed(fault);
    }

    /// <summary>Completes when no record is kept in memory.</summary>
    public async Task WrittenAsync(CancellationToken cancellationToken)
    {
        while (!kept.IsEmpty)
        {
            var signal = Volatile.Read(ref written).Task;
            if (!kept.IsEmpty)
            {
                await signal.WaitAsync(cancellationToken);
            }
        }
    }

    /// <summary>Ends the thread after a last sync.</summary>
    public void Dispose()
    {
        stop.Set();
        thread.Join();
        work.Dispose();
        stop.Dispose();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Run()
    {
        WaitHandle[] any = [work, stop];
        do
        {
            WaitHandle.WaitAny(any);
            Interlocked.Exchange(ref pending, 0);
            Recover();
            Sync();
        }
        while (!stop.WaitOne(interval));
        Recover();
        Sync();
    }

    private void Recover()
    {
        if (!failing)
        {
            return;
        }

        var count = 0;
        try
        {
            journal.Append(CallRecords.EncodeProbe(), opening: false);
            while (kept.TryPeek(out var record))
            {
                journal.Append(record, opening: false);
                kept.TryDequeue(out _);
                count++;
            }

            failing = false;
            Log.JournalRecovered(logger, count);
            Interlocked.Exchange(ref written, NewSignal()).SetResult();
        }
        catch (Exception)
        {
            Again();
        }
    }

    private void Sync()
    {
        try
        {
            journal.Sync();
        }
        catch (Exception fault)
        {
            Log.JournalNotSynced(logger, fault);
            Again();
        }
    }

    private void Again()
    {
        Interlocked.Exchange(ref pending, 1);
        work.Set();
    }
}
