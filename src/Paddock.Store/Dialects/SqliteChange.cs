using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Paddock.Store.Dialects;

/// <summary>
/// A change that shares its commit with those that wait beside it. Each has a savepoint: one that fails takes nothing of the others
/// with it, and none is told that it is done before all of them are on the disk.
/// </summary>
internal abstract class SqliteChange(IDialect dialect, Action<SqliteConnection> makeDurable, CancellationToken cancellationToken) : SqliteThread.Work
{
    private const string Savepoint = "change";

    public override void Run(Func<SqliteConnection> connection) => RunAll([this], connection);

    /// <summary>Runs changes in their order and commits them together.</summary>
    public static void RunAll(List<SqliteChange> group, Func<SqliteConnection> open)
    {
        var done = new List<SqliteChange>();
        try
        {
            var connection = open();
            group[0].MakeDurable(connection);
            using var transaction = connection.BeginTransaction(deferred: false);
            foreach (var change in group)
            {
                if (group.Count == 1 ? change.RunAlone(connection, transaction) : change.RunIn(connection, transaction))
                {
                    done.Add(change);
                }
            }

            transaction.Commit();
            done.ForEach(static change => change.Complete());
        }
        catch (Exception fault)
        {
            group.ForEach(change => change.Fail(fault)); // those that have failed already stay as they are
        }
    }

    protected abstract void Apply(Session session);

    protected abstract void Complete();

    /// <summary>Does nothing to a change that has ended.</summary>
    protected abstract void Fail(Exception fault);

    private void MakeDurable(SqliteConnection connection) => makeDurable(connection);

    /// <summary>What it leaves behind when it fails goes with the transaction.</summary>
    private bool RunAlone(SqliteConnection connection, SqliteTransaction transaction)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Apply(new(connection, transaction, dialect, cancellationToken));
        return true;
    }

    /// <returns>False when it failed by itself and left nothing behind.</returns>
    private bool RunIn(SqliteConnection connection, SqliteTransaction transaction)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            Fail(new OperationCanceledException(cancellationToken));
            return false;
        }

        transaction.Save(Savepoint);
        try
        {
            Apply(new(connection, transaction, dialect, cancellationToken));
            transaction.Release(Savepoint);
            return true;
        }
        catch (Exception fault) when (raw.sqlite3_get_autocommit(connection.Handle) == 0) // else SQLite has taken back the whole transaction (disk full)
        {
            transaction.Rollback(Savepoint);
            transaction.Release(Savepoint);
            Fail(fault);
            return false;
        }
    }
}

/// <param name="work">Awaits nothing but its session, so that it has ended when it returns.</param>
internal sealed class SqliteChange<T>(Func<Session, T> work, IDialect dialect, Action<SqliteConnection> makeDurable, CancellationToken cancellationToken)
    : SqliteChange(dialect, makeDurable, cancellationToken), SqliteThread.ICompleted<T>
{
    private readonly TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? result;

    public Task<T> Completion => completion.Task;

    protected override void Apply(Session session) => result = work(session);

    protected override void Complete() => completion.TrySetResult(result!); // applied before

    protected override void Fail(Exception fault)
    {
        if (fault is OperationCanceledException canceled)
        {
            completion.TrySetCanceled(canceled.CancellationToken);
        }
        else
        {
            completion.TrySetException(fault);
        }
    }
}
