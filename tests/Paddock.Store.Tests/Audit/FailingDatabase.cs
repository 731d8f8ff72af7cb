using Microsoft.Extensions.DependencyInjection;
using Paddock.Store.Audit;
using Paddock.Store.Dialects;

namespace Paddock.Store.Tests.Audit;

/// <summary>A database whose transactions break when all is written and nothing committed, as often as it is told.</summary>
internal sealed class FailingDatabase(IDatabase inner) : IDatabase
{
    public bool Fails { get; set; }

    public IDialect Dialect => inner.Dialect;

    /// <summary>Puts one between a store and its database.</summary>
    public static void Wire(IServiceCollection services)
    {
        services.AddSingleton(p => new FailingDatabase(p.GetRequiredService<IDatabase>()));
        services.AddSingleton(p => new RecordedDatabase(p.GetRequiredService<FailingDatabase>(), p.GetRequiredService<EntryBook>(), p.GetRequiredService<EntrySignal>()));
    }

    public Task<T> ReadAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken) => inner.ReadAsync(work, cancellationToken);

    public Task<T> WriteAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken) => inner.WriteAsync(
        async session =>
        {
            var done = await work(session);
            return Fails ? throw new BrokenException() : done;
        },
        cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal sealed class BrokenException : Exception;
}
