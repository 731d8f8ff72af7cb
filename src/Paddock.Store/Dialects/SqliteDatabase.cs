using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Paddock.Store.Dialects;

/// <summary>SQLite in WAL mode: one writer thread, two readers, each with its own connection.</summary>
internal sealed class SqliteDatabase : IDatabase
{
    private const int Readers = 2;
    private readonly string file;
    private readonly SqliteQueue writes = new();
    private readonly SqliteQueue reads = new();
    private readonly List<SqliteThread> threads = [];
    private bool full = true;
    private int disposed;

    public SqliteDatabase(string file)
    {
        this.file = file;
        threads.Add(new("paddock-sqlite-writer", writes, OpenWriter));
        for (var i = 0; i < Readers; i++)
        {
            threads.Add(new("paddock-sqlite-reader", reads, OpenReader));
        }
    }

    public IDialect Dialect { get; } = new Sqlite();

    /// <summary>Whether the file has been opened.</summary>
    public bool IsOpen { get; private set; }

    public Task<T> ReadAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken) =>
        Enqueue(reads, new SqliteThread.Work<T>(connection => InSnapshot(connection, work, cancellationToken), cancellationToken));

    public Task<T> WriteAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken) =>
        Enqueue(writes, new SqliteChange<T>(session => Complete(work(session)), Dialect, MakeDurable, cancellationToken));

    /// <summary>Runs work on the writer's thread; it opens and ends its own transaction.</summary>
    /// <param name="durable">
    /// Whether commits wait for the disk. The ledger's need not: its journal is the durable part, and is kept until a durable
    /// commit has covered it.
    /// </param>
    public Task<T> OnWriterAsync<T>(bool durable, Func<SqliteConnection, T> work, CancellationToken cancellationToken) =>
        Enqueue(writes, new SqliteThread.Work<T>(connection => { SetDurable(connection, durable); return work(connection); }, cancellationToken));

    /// <summary>Brings all that was written into the database file and empties the write-ahead log.</summary>
    /// <returns>False while a reader needs it; ask again.</returns>
    public Task<bool> TruncateLogAsync(CancellationToken cancellationToken) => OnWriterAsync(
        durable: true,
        static connection =>
        {
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            using var reader = command.ExecuteReader();
            return reader.Read() && reader.GetInt64(0) == 0;
        },
        cancellationToken);

    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0)
        {
            return ValueTask.CompletedTask;
        }

        writes.End();
        reads.End();
        foreach (var thread in threads)
        {
            thread.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private static Task<T> Enqueue<T>(SqliteQueue queue, SqliteThread.ICompleted<T> work)
    {
        queue.Add((SqliteThread.Work)work);
        return work.Completion;
    }

    private T InSnapshot<T>(SqliteConnection connection, Func<Session, Task<T>> work, CancellationToken cancellationToken)
    {
        using var transaction = connection.BeginTransaction(deferred: true);
        var result = Complete(work(new(connection, transaction, Dialect, cancellationToken)));
        transaction.Commit();
        return result;
    }

    [SuppressMessage("Usage", "VSTHRD002", Justification = "This is SQLite's own thread, and the task has completed.")]
    private static T Complete<T>(Task<T> task) => task.IsCompleted
        ? task.GetAwaiter().GetResult()
        : throw new InvalidOperationException("Work on SQLite awaited something other than its session.");

    private void MakeDurable(SqliteConnection connection) => SetDurable(connection, durable: true);

    private void SetDurable(SqliteConnection connection, bool durable)
    {
        if (full != durable)
        {
            Execute(connection, durable ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
            full = durable;
        }
    }

    private SqliteConnection OpenWriter()
    {
        full = true;
        // What is deleted is overwritten, so that content that was redacted is in no page.
        // A larger WAL than the default 1,000 pages lets pages that many batches touch (the ends of the indexes) be copied once.
        return Open("PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA wal_autocheckpoint=4000; PRAGMA journal_size_limit=67108864;");
    }

    private SqliteConnection OpenReader() => Open("PRAGMA query_only=ON;");

    private SqliteConnection Open(string pragmas)
    {
        IsOpen = true;
        CreateFile();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = SqliteOpenMode.ReadWrite,
            ForeignKeys = true,
            Pooling = false,
            DefaultTimeout = 10,
        }.ToString());
        try
        {
            connection.Open();
            Execute(connection, "PRAGMA cache_size=-16384; PRAGMA temp_store=MEMORY;" + pragmas);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Makes the file, for its owner only; SQLite gives its -wal and -shm files the same mode.</summary>
    private void CreateFile()
    {
        if (File.Exists(file))
        {
            return; // closing any handle of a file lets go of the locks that SQLite's connections have on it (fcntl)
        }

        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            new FileStream(file, options).Dispose();
        }
        catch (IOException) when (File.Exists(file))
        {
            // another of our threads was first, and its connection may hold its locks already: it is not opened here
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
