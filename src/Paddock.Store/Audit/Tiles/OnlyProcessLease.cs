using Paddock.Store.Dialects;

namespace Paddock.Store.Audit.Tiles;

/// <summary>SQLite: whoever owns the data directory has the lease.</summary>
internal sealed class OnlyProcessLease(SqliteDatabase database) : ILogLease
{
    private static readonly Task<long?> held = Task.FromResult<long?>(1);

    public Task<long?> HoldAsync(CancellationToken cancellationToken) => held;

    public Task ReleaseAsync() => Task.CompletedTask;

    public Task<T> ReadAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken) => database.ReadAsync(work, cancellationToken);

    public Task<T> WriteAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken) => database.WriteAsync(work, cancellationToken);
}
