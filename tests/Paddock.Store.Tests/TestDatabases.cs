using Paddock.Testing;

[assembly: AssemblyFixture(typeof(Paddock.Store.Tests.TestDatabases))]

namespace Paddock.Store.Tests;

/// <summary>One private PostgreSQL for this test run, begun by the first test that needs it.</summary>
public sealed class TestDatabases : IAsyncDisposable
{
    private static readonly SemaphoreSlim gate = new(1, 1);
    private static PrivatePostgres? server;

    /// <summary>Connection string of a new, empty database.</summary>
    public static async Task<string> CreateAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            server ??= await PrivatePostgres.StartAsync(cancellationToken);
            return await server.CreateDatabaseAsync(cancellationToken);
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
}
