using System.Data;
using Npgsql;

namespace Paddock.Store.Dialects;

/// <summary>PostgreSQL, through Npgsql's pool.</summary>
internal sealed class PostgresDatabase : IDatabase
{
    private readonly string standing;

    public PostgresDatabase(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "paddock" };
        Source = NpgsqlDataSource.Create(settings);
        standing = new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "paddock-standing", Pooling = false, KeepAlive = 30 }.ToString();
    }

    public IDialect Dialect { get; } = new Postgres();

    public NpgsqlDataSource Source { get; }

    public Task<T> ReadAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken) => PoolThreads.RunAsync(() => InTransactionAsync(IsolationLevel.RepeatableRead, work, cancellationToken));

    public Task<T> WriteAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken) => PoolThreads.RunAsync(() => InTransactionAsync(IsolationLevel.ReadCommitted, work, cancellationToken));

    /// <summary>A connection outside the pool, for one that stays open and waits; a dead network shows within a minute.</summary>
    public async Task<NpgsqlConnection> OpenStandingAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(standing);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => Source.DisposeAsync();

    private async Task<T> InTransactionAsync<T>(IsolationLevel level, Func<Session, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var connection = await Source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(level, cancellationToken);
        var result = await work(new(connection, transaction, Dialect, cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        return result;
    }
}
