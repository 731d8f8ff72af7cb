namespace Paddock.Store.Dialects;

/// <summary>One database. Work is written once, with <see cref="Session"/>; where and how it runs is the database's own business.</summary>
internal interface IDatabase : IAsyncDisposable
{
    IDialect Dialect { get; }

    /// <summary>Runs reads on one consistent snapshot.</summary>
    Task<T> ReadAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken);

    /// <summary>Runs a transaction that is durable when the task completes, and rolled back when it throws.</summary>
    Task<T> WriteAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken);
}
