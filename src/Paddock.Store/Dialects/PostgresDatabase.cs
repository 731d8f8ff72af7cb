using System.Data;
using Npgsql;

namespace Paddock.Store.Dialects;

/// <summary>PostgreSQL, through Npgsql's pool.</summary>
internal sealed class PostgresDatabase : IDatabase
{
    public PostgresDatabase(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "paddock" };
        Source = NpgsqlDataSource.Create(settings);
    }

    public IDialect Dialect { get; } = new Postgres();

    public NpgsqlDataSource Source { get; }

    public Task<T> ReadAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken) => InTransactionAsync(IsolationLevel.RepeatableRead, work, cancellationToken);

    public Task<T> WriteAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken) => InTransactionAsync(IsolationLevel.ReadCommitted, work, cancellationToken);

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
