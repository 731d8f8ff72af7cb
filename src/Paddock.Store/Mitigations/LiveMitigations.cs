using Paddock.Core.Mitigations;
using Paddock.Core.Snapshot;
using Paddock.Store.Dialects;

namespace Paddock.Store.Mitigations;

/// <summary>
/// Has the snapshot follow the mitigations that stand. One made in this process is served before it is acknowledged; one made elsewhere
/// arrives with the next look at the version. While the database is away they go on until their time runs out.
/// </summary>
internal sealed class LiveMitigations(IDatabase database, IEnumerable<ISnapshots> served, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim loading = new(1, 1);
    private MitigationSet standing = MitigationSet.Empty;

    /// <summary>Those that nobody has ended yet, also when their time has run out since.</summary>
    public MitigationSet Standing => Volatile.Read(ref standing);

    /// <summary>Reads all that stand, and serves them.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await loading.WaitAsync(cancellationToken);
        try
        {
            Volatile.Write(ref standing, await database.ReadAsync(ReadAsync, cancellationToken));
            Serve();
        }
        finally
        {
            loading.Release();
        }
    }

    /// <summary>Serves those whose time has not run out; reads them again first when somebody has changed any.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        Serve();
        if (await database.ReadAsync(VersionAsync, cancellationToken) != Standing.Version)
        {
            await LoadAsync(cancellationToken);
        }
    }

    public void Dispose() => loading.Dispose();

    internal static async Task<MitigationSet> ReadAsync(Session session)
    {
        var version = await VersionAsync(session);
        var rows = await session.QueryAsync<MitigationRow>($"SELECT {MitigationRow.Columns} FROM mitigations WHERE ended_at IS NULL ORDER BY created_at, id");
        return new(version, [.. rows.Select(static row => row.ToMitigation())]);
    }

    private static Task<long> VersionAsync(Session session) => session.ScalarAsync<long>("SELECT value FROM counters WHERE name = 'mitigations'");

    /// <summary>In a process that serves no calls there is no snapshot.</summary>
    private void Serve()
    {
        var inForce = Standing.At(time.GetUtcNow());
        foreach (var snapshots in served)
        {
            snapshots.Mitigate(inForce);
        }
    }
}
