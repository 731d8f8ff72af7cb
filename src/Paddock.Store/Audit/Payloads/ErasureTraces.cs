using Paddock.Store.Dialects;

namespace Paddock.Store.Audit.Payloads;

/// <summary>
/// What erasing leaves behind: in SQLite, the write-ahead log has pages as they were before, until it is emptied. On PostgreSQL old rows stay until it
/// vacuums, and in its own log; there only the destroyed key is a promise.
/// </summary>
internal sealed class ErasureTraces(IDatabase database) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private int left = 1; // whoever ran before may have been killed

    public bool AreLeft => Volatile.Read(ref left) != 0;

    public void Left() => Volatile.Write(ref left, 1);

    /// <summary>Removes them; does nothing while a reader needs them, and is asked again.</summary>
    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken); // also for who comes second they are gone when this completes
        var removed = true;
        try
        {
            if (Interlocked.Exchange(ref left, 0) != 0 && database is SqliteDatabase sqlite)
            {
                removed = false;
                removed = await sqlite.TruncateLogAsync(cancellationToken);
            }
        }
        finally
        {
            if (!removed)
            {
                Left();
            }

            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();
}
