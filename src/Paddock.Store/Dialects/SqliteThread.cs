using Microsoft.Data.Sqlite;

namespace Paddock.Store.Dialects;

/// <summary>
/// A thread that owns a SQLite connection and does all its work. Microsoft.Data.Sqlite's async methods are synchronous, so its
/// calls belong on no one else's thread; whoever waits continues on the pool.
/// </summary>
internal sealed class SqliteThread : IDisposable
{
    private const int MostTogether = 128;

    private readonly SqliteQueue queue;
    private readonly Func<SqliteConnection> open;
    private readonly Thread thread;
    private SqliteConnection? connection;

    /// <param name="queue">Shared by the readers; the writer has its own.</param>
    /// <param name="open">Opens the connection, at the first work and again after a failure to open.</param>
    public SqliteThread(string name, SqliteQueue queue, Func<SqliteConnection> open)
    {
        this.queue = queue;
        this.open = open;
        thread = new(Run) { IsBackground = true, Name = name };
        thread.Start();
    }

    /// <summary>Waits for the thread to end; the queue must have ended.</summary>
    public void Dispose() => thread.Join();

    private void Run()
    {
        while (queue.Take(out var work))
        {
            var next = work is SqliteChange first ? RunTogether(first) : work;
            next?.Run(Connection);
        }

        connection?.Dispose();
    }

    /// <summary>Commits changes that wait already in one transaction with the first: a commit costs far more than what is in it.</summary>
    /// <returns>What was taken from the queue behind them and is no change.</returns>
    private Work? RunTogether(SqliteChange first)
    {
        var group = new List<SqliteChange> { first };
        Work? other = null;
        while (group.Count < MostTogether && queue.TryTake(out other) && other is SqliteChange change)
        {
            group.Add(change);
            other = null;
        }

        SqliteChange.RunAll(group, Connection);
        return other;
    }

    private SqliteConnection Connection() => connection ??= open();

    /// <summary>Work with a result.</summary>
    internal interface ICompleted<T>
    {
        Task<T> Completion { get; }
    }

    internal abstract class Work
    {
        /// <summary>Never throws; what goes wrong goes to whoever waits.</summary>
        public abstract void Run(Func<SqliteConnection> connection);
    }

    internal sealed class Work<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken) : Work, ICompleted<T>
    {
        private readonly TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<T> Completion => completion.Task;

        public override void Run(Func<SqliteConnection> connection)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                completion.SetCanceled(cancellationToken);
                return;
            }

            try
            {
                completion.SetResult(work(connection()));
            }
            catch (Exception fault)
            {
                completion.SetException(fault);
            }
        }
    }
}
