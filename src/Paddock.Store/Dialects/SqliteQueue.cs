using System.Diagnostics.CodeAnalysis;

namespace Paddock.Store.Dialects;

/// <summary>
/// Work for SQLite's threads, in its order. A thread that finds nothing sleeps at once: BlockingCollection spins first, and where cores
/// are few that takes the time from those who bring the next work.
/// </summary>
internal sealed class SqliteQueue
{
    private readonly Queue<SqliteThread.Work> waiting = []; // its monitor guards it, and is what threads sleep on
    private bool ended;

    /// <exception cref="ObjectDisposedException">The database is closed.</exception>
    public void Add(SqliteThread.Work work)
    {
        lock (waiting)
        {
            ObjectDisposedException.ThrowIf(ended, typeof(SqliteDatabase));
            waiting.Enqueue(work);
            Monitor.Pulse(waiting);
        }
    }

    /// <summary>Waits for work.</summary>
    /// <returns>False when nothing more comes.</returns>
    public bool Take([NotNullWhen(true)] out SqliteThread.Work? work)
    {
        lock (waiting)
        {
            while (waiting.Count == 0 && !ended)
            {
                Monitor.Wait(waiting);
            }

            return waiting.TryDequeue(out work);
        }
    }

    /// <returns>False when there is none now.</returns>
    public bool TryTake([NotNullWhen(true)] out SqliteThread.Work? work)
    {
        lock (waiting)
        {
            return waiting.TryDequeue(out work);
        }
    }

    /// <summary>Nothing more comes; what waits is still done.</summary>
    public void End()
    {
        lock (waiting)
        {
            ended = true;
            Monitor.PulseAll(waiting);
        }
    }
}
