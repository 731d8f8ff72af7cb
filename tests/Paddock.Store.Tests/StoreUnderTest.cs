using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using Paddock.Core.Approvals;
using Paddock.Core.Containments;
using Paddock.Core.Identity;
using Paddock.Core.Ledger;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Releases;
using Paddock.Store.Dialects;
using Paddock.Store.Ledger;

namespace Paddock.Store.Tests;

/// <summary>A store of its own on one engine, as a host would wire it. The clock stands still unless moved.</summary>
internal sealed class StoreUnderTest : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    private readonly bool ownsDirectory;
    private ServiceProvider services = null!; // Set by BuildAsync before anyone sees the object.

    private StoreUnderTest(StoreOptions options, bool ownsDirectory) => (Options, this.ownsDirectory) = (options, ownsDirectory);

    public StoreOptions Options { get; }

    public FakeTimeProvider Time { get; } = new(Noon);

    public IIdentityStore Identity => Get<IIdentityStore>();

    public IIdentities Live => Get<IIdentities>();

    public IApprovals Approvals => Get<IApprovals>();

    public IDecisions Decisions => Get<IDecisions>();

    public IContainmentStore Containments => Get<IContainmentStore>();

    public IContainments LiveContainments => Get<IContainments>();

    public IReleaseStore Releases => Get<IReleaseStore>();

    public ILedger Ledger => Get<ILedger>();

    public ILedgerReader Reader => Get<ILedgerReader>();

    public StoreMaintenance Maintenance => Get<StoreMaintenance>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A new, empty, started store.</summary>
    /// <param name="wire">Registers what a host would, before the store.</param>
    public static async Task<StoreUnderTest> StartAsync(Engine engine, Func<StoreOptions, StoreOptions>? configure = null, IJournalFiles? files = null, Action<IServiceCollection>? wire = null)
    {
        var store = Build(engine is Engine.Postgres ? await TestDatabases.CreateMigratedAsync(MigrateAsync, Cancellation) : null, configure, files, wire);
        await store.Maintenance.StartAsync(Cancellation);
        return store;
    }

    /// <summary>A new, empty store that was not started.</summary>
    public static async Task<StoreUnderTest> BuildAsync(Engine engine, Func<StoreOptions, StoreOptions>? configure = null, IJournalFiles? files = null, Action<IServiceCollection>? wire = null) =>
        Build(engine is Engine.Postgres ? await TestDatabases.CreateAsync(Cancellation) : null, configure, files, wire);

    /// <summary>Another process on the same database, or the next one in the same directory. Started.</summary>
    public async Task<StoreUnderTest> AnotherAsync(Func<StoreOptions, StoreOptions>? configure = null, IJournalFiles? files = null, Action<IServiceCollection>? wire = null)
    {
        var other = new StoreUnderTest(configure?.Invoke(Options) ?? Options, ownsDirectory: false).Build(files, wire);
        await other.Maintenance.StartAsync(Cancellation);
        return other;
    }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>Reads a table from behind the store's back.</summary>
    public Task<List<T>> QueryAsync<T>(string sql) => Get<IDatabase>().ReadAsync(session => session.QueryAsync<T>(sql), Cancellation);

    /// <summary>Changes a table from behind the store's back.</summary>
    public Task<int> ExecuteAsync(string sql) => Get<IDatabase>().WriteAsync(session => session.ExecuteAsync(sql), Cancellation);

    /// <summary>Lets much time pass at once: what looks from time to time does so when it is asked to, not a million times on the way.</summary>
    public void Skip(TimeSpan time) => Time.AdjustTime(Time.GetUtcNow() + time);

    /// <summary>Stops as a host does.</summary>
    public Task StopAsync() => Maintenance.StopAsync(Cancellation);

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        if (ownsDirectory)
        {
            Directory.Delete(Options.DataDirectory, recursive: true);
        }
    }

    private static async Task MigrateAsync(string connection)
    {
        await using var store = Build(connection, null, null, null);
        await store.Maintenance.MigrateAsync(Cancellation);
    }

    private static StoreUnderTest Build(string? connection, Func<StoreOptions, StoreOptions>? configure, IJournalFiles? files, Action<IServiceCollection>? wire)
    {
        var options = new StoreOptions { DataDirectory = Directory.CreateTempSubdirectory("paddock-store-").FullName, PostgresConnection = connection };
        return new StoreUnderTest(configure?.Invoke(options) ?? options, ownsDirectory: true).Build(files, wire);
    }

    private StoreUnderTest Build(IJournalFiles? files, Action<IServiceCollection>? wire = null)
    {
        var collection = new ServiceCollection();
        wire?.Invoke(collection);
        collection.AddSingleton<TimeProvider>(Time);
        if (files is not null)
        {
            collection.AddSingleton(files);
        }

        collection.AddStore(Options);
        services = collection.BuildServiceProvider();
        return this;
    }
}
