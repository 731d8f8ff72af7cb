using Npgsql;
using Paddock.Testing;

[assembly: AssemblyFixture(typeof(Paddock.Store.Tests.TestDatabases))]

namespace Paddock.Store.Tests;

/// <summary>One private PostgreSQL for this test run, begun by the first test that needs it.</summary>
public sealed class TestDatabases : IAsyncDisposable
{
    private static readonly SemaphoreSlim gate = new(1, 1);
    private static PrivatePostgres? server;
    private static string? migrated;

    /// <summary>Connection string of a new, empty database.</summary>
    public static async Task<string> CreateAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            return await (await ServerAsync(cancellationToken)).CreateDatabaseAsync(cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Connection string of a new database with this version's schema, copied from one that was migrated: every step once more for each test cost half of the tests' time.</summary>
    /// <param name="migrate">Migrates the database of a connection string, and leaves it.</param>
    public static async Task<string> CreateMigratedAsync(Func<string, Task> migrate, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            var postgres = await ServerAsync(cancellationToken);
            if (migrated is null)
            {
                var connection = await postgres.CreateDatabaseAsync(cancellationToken);
                await migrate(connection);
                migrated = new NpgsqlConnectionStringBuilder(connection).Database!;
            }

            return await postgres.CreateDatabaseAsync(cancellationToken, migrated);
        }
        finally
        {
            gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }

    private static async Task<PrivatePostgres> ServerAsync(CancellationToken cancellationToken) => server ??= await PrivatePostgres.StartAsync(cancellationToken);
}
