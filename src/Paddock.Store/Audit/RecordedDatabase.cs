using System.Collections.Immutable;
using Paddock.Core.Audit;
using Paddock.Store.Dialects;

namespace Paddock.Store.Audit;

/// <summary>
/// The database as those see it who keep what operators change. A change hands its entries of the audit log over with its result; they are
/// written in the same transaction, so that neither is there without the other. There is no other way to write.
/// </summary>
internal sealed class RecordedDatabase(IDatabase database, EntryBook book, EntrySignal signal)
{
    public Task<T> ReadAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken) => database.ReadAsync(work, cancellationToken);

    /// <summary>Runs a transaction that says what it has changed.</summary>
    public async Task<T> ChangeAsync<T>(Func<Session, Task<Recorded<T>>> work, CancellationToken cancellationToken)
    {
        var done = await database.WriteAsync(
            async session =>
            {
                var done = await work(session);
                foreach (var what in done.Entries)
                {
                    await book.AddAsync(session, what);
                }

                return done;
            },
            cancellationToken);
        if (!done.Entries.IsEmpty)
        {
            signal.Raise();
        }

        return done.Result;
    }

    /// <summary>Writes what changes nothing that anybody may do or has decided: when a key was last used, who has seen a request.</summary>
    public Task<T> NoteAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken) => database.WriteAsync(work, cancellationToken);
}

/// <summary>The result of a change and what the audit log says of it; no entries when nothing was changed.</summary>
internal readonly record struct Recorded<T>(T Result, ImmutableArray<AuditEvent> Entries);

internal static class Recorded
{
    /// <param name="entries">What is null is left out.</param>
    public static Recorded<T> Of<T>(T result, params AuditEvent?[] entries) => new(result, [.. entries.OfType<AuditEvent>()]);
}
