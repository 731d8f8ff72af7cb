using System.Data;
using Npgsql;
using Paddock.Core.Audit.Tiles;
using Paddock.Store.Coordination;
using Paddock.Store.Dialects;

namespace Paddock.Store.Audit.Tiles;

/// <summary>
/// PostgreSQL: a session's advisory lock on a connection of its own. All that the sequencer does runs on that connection, so that losing
/// the lock and losing the transaction are one thing.
/// </summary>
internal sealed class PostgresLease(PostgresDatabase database) : ILogLease, IAsyncDisposable
{
    private NpgsqlConnection? connection;
    private bool isHeld;
    private long terms;

    public async Task<long?> HoldAsync(CancellationToken cancellationToken)
    {
        try
        {
            connection ??= await database.OpenStandingAsync(cancellationToken);
            if (!isHeld && await AdvisoryLocks.TryLogAsync(connection, cancellationToken))
            {
                isHeld = true;
                terms++;
            }

            return isHeld ? terms : null;
        }
        catch
        {
            await ReleaseAsync();
            throw;
        }
    }

    /// <summary>The lock goes with the connection.</summary>
    public async Task ReleaseAsync()
    {
        isHeld = false;
        if (connection is { } lost)
        {
            connection = null;
            await lost.DisposeAsync();
        }
    }

    public Task<T> ReadAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken) => PoolThreads.RunAsync(() => InTransactionAsync(IsolationLevel.RepeatableRead, work, cancellationToken));

    public Task<T> WriteAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken) => PoolThreads.RunAsync(() => InTransactionAsync(IsolationLevel.ReadCommitted, work, cancellationToken));

    public async ValueTask DisposeAsync() => await ReleaseAsync();

    /// <summary>
    /// What fails gives the lease up: what then is in the database is looked at before anything else is written. A damaged log is kept in
    /// hand, so that no other process signs what this one knows to be wrong.
    /// </summary>
    private async Task<T> InTransactionAsync<T>(IsolationLevel level, Func<Session, Task<T>> work, CancellationToken cancellationToken)
    {
        if (!isHeld || connection is not { } held)
        {
            throw new InvalidOperationException("The lease of the audit log is not held.");
        }

        try
        {
            await using var transaction = await held.BeginTransactionAsync(level, cancellationToken);
            var result = await work(new(held, transaction, database.Dialect, cancellationToken));
            await transaction.CommitAsync(cancellationToken);
            return result;
        }
        catch (Exception fault) when (fault is not LogDamagedException)
        {
            await ReleaseAsync();
            throw;
        }
    }
}
