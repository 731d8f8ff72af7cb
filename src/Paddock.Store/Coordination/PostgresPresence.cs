using Microsoft.Extensions.Logging;
using Npgsql;
using Paddock.Store.Approvals;
using Paddock.Store.Containments;
using Paddock.Store.Dialects;
using Paddock.Store.Identity;

namespace Paddock.Store.Coordination;

/// <summary>
/// This process's standing connection to PostgreSQL. It hears of changes that others make, says that a server runs (so that
/// nobody restores over it), and that its journal is its own.
/// </summary>
internal sealed class PostgresPresence(PostgresDatabase database, LiveIdentities identities, LiveContainments containments, ApprovalSignals approvals, TimeProvider time, ILogger<PostgresPresence> logger)
    : IPresence, IAsyncDisposable
{
    private static readonly TimeSpan pause = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource stopping = new();
    private Task running = Task.CompletedTask;

    public bool IsShared => true;

    /// <summary>Connects and takes the locks, then stays.</summary>
    /// <exception cref="InvalidOperationException">A restore is running, or a copy of this data directory.</exception>
    public async Task StartAsync(Guid journal, CancellationToken cancellationToken)
    {
        var connection = await ConnectAsync(journal, again: false, cancellationToken);
        running = Task.Run(() => RunAsync(connection, journal, stopping.Token), CancellationToken.None);
    }

    public async Task StopAsync()
    {
        await stopping.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        stopping.Dispose();
    }

    private async Task<NpgsqlConnection> ConnectAsync(Guid journal, bool again, CancellationToken cancellationToken)
    {
        var connection = await database.OpenStandingAsync(cancellationToken);
        try
        {
            if (!await AdvisoryLocks.ShareRunningAsync(connection, cancellationToken))
            {
                throw new InvalidOperationException("The database is being restored. Start again when that has ended.");
            }

            if (!await AdvisoryLocks.TryJournalAsync(connection, journal, cancellationToken))
            {
                // After a broken connection PostgreSQL may hold the old one's locks for a while; before the first it means a copy.
                if (!again)
                {
                    throw new InvalidOperationException("Another process writes to this PostgreSQL from a copy of this data directory. Give this one an empty directory of its own (with the same keys/).");
                }

                Log.JournalLockNotTaken(logger);
            }

            // Whatever changed before we listened is found by the load that follows.
            connection.Notification += (_, notice) => Hear(notice.Channel, notice.Payload);
            await using var listen = new NpgsqlCommand($"LISTEN {Postgres.Channel}; LISTEN {Postgres.ContainmentChannel}; LISTEN {Postgres.ApprovalChannel}", connection);
            await listen.ExecuteNonQueryAsync(cancellationToken);
            Log.NoticesHeard(logger);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task RunAsync(NpgsqlConnection first, Guid journal, CancellationToken cancellationToken)
    {
        NpgsqlConnection? connection = first;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                connection ??= await ConnectAsync(journal, again: true, cancellationToken);
                Reload(containments.ReloadAsync);
                Reload(identities.ReloadAsync);
                approvals.RaiseAll();
                while (true)
                {
                    await connection.WaitAsync(cancellationToken);
                }
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                Log.NoticesLost(logger, fault);
            }
            finally
            {
                if (connection is not null)
                {
                    await connection.DisposeAsync();
                    connection = null;
                }
            }

            await Task.Delay(pause, time, cancellationToken);
        }
    }

    private void Hear(string channel, string payload)
    {
        switch (channel)
        {
            case Postgres.ApprovalChannel:
                approvals.Raise(payload);
                break;
            case Postgres.ContainmentChannel:
                Reload(containments.ReloadAsync);
                break;
            default:
                Reload(identities.ReloadAsync);
                break;
        }
    }

    private void Reload(Func<CancellationToken, Task> reload) => _ = Task.Run(() => reload(stopping.Token), CancellationToken.None);
}
