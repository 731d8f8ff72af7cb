using Npgsql;
using Paddock.Store.Dialects;

namespace Paddock.Store.Coordination;

/// <summary>PostgreSQL: a session's advisory lock on a connection of its own, which goes with the connection.</summary>
internal sealed class PostgresWorkLease(PostgresDatabase database, Work work) : IWorkLease, IAsyncDisposable
{
    private NpgsqlConnection? connection;
    private bool isHeld;

    public bool BlocksOthers => false;

    public Task<bool> HoldAsync(CancellationToken cancellationToken) => PoolThreads.RunAsync(() => TryHoldAsync(cancellationToken));

    public async ValueTask DisposeAsync() => await ReleaseAsync();

    private async Task<bool> TryHoldAsync(CancellationToken cancellationToken)
    {
        try
        {
            connection ??= await database.OpenStandingAsync(cancellationToken);
            isHeld = isHeld ? await IsAliveAsync(connection, cancellationToken) : await AdvisoryLocks.TryWorkAsync(connection, work, cancellationToken);
            return isHeld;
        }
        catch
        {
            await ReleaseAsync();
            throw;
        }
    }

    private static async Task<bool> IsAliveAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT 1", connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return true;
    }

    private async Task ReleaseAsync()
    {
        isHeld = false;
        if (connection is { } lost)
        {
            connection = null;
            await lost.DisposeAsync();
        }
    }
}
