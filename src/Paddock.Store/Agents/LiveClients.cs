using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Paddock.Core.Agents;
using Paddock.Core.Identity;
using Paddock.Store.Coordination;
using Paddock.Store.Dialects;

namespace Paddock.Store.Agents;

/// <summary>Clients as they come by, written in the background; when they were given settings, at once.</summary>
internal sealed class LiveClients(IDatabase database, IPresence presence, StaleClientNotices notices, StoreOptions options, TimeProvider time, ILogger<LiveClients> logger)
    : PeriodicLook(options.KeyUseInterval, time), IClients
{
    /// <summary>Clients in one transaction, so that others get their turn.</summary>
    private const int AtOnce = 500;

    /// <summary>How long it is good to know that a client never asked for settings, or that the database did not answer.</summary>
    private static readonly TimeSpan pause = TimeSpan.FromSeconds(10);

    /// <summary>A database that is slower than this is away.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(2);

    /// <summary>Who was not seen for this long is forgotten here, and looked up when they come again.</summary>
    private static readonly TimeSpan idle = TimeSpan.FromHours(2);

    /// <summary>How long after an outage nobody is called stale: a client that was answered with an error pauses as long as the outage lasted, an hour at most.</summary>
    private static readonly TimeSpan excuse = TimeSpan.FromHours(1);

    private readonly ClientBook book = new();
    private readonly SemaphoreSlim writing = new(1, 1);
    private long outageAt = long.MinValue; // ticks of UTC

    public void Note(in ClientSighting seen) => book.Of(seen.Credential, seen.Agent).Note(seen);

    public async Task RefreshedAsync(ClientSighting seen, long settingsVersion, CancellationToken cancellationToken)
    {
        var client = book.Of(seen.Credential, seen.Agent);
        client.Refreshed(seen, settingsVersion);
        try
        {
            await InTimeAsync(token => InTurnAsync(() => WriteAsync([client], token), token), cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            NotServed();
            Log.RefreshNotWritten(logger, fault.Message);
            LookSoon(); // what stands in the database until then, others take for knowledge
        }
    }

    public void NotServed() => Volatile.Write(ref outageAt, Time.GetUtcNow().UtcTicks);

    public ValueTask<ClientRefresh> RefreshOfAsync(KeyId credential, string agent, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var client = book.Of(credential, agent);
        return client.Answer(since, Time.GetUtcNow(), presence.IsShared, pause) is { } known ? new(Excused(known, since)) : new(AskAsync(client, since, cancellationToken));
    }

    public async Task<ImmutableArray<AgentClient>> ListAsync(ClientQuery query, CancellationToken cancellationToken)
    {
        await LookAsync(cancellationToken);
        return await database.ReadAsync(session => ClientSql.ListAsync(session, query), cancellationToken);
    }

    /// <summary>Writes what is new.</summary>
    public override Task LookAsync(CancellationToken cancellationToken) => InTurnAsync(
        async () =>
        {
            // In one order, so that two processes that write the same rows do not wait for each other.
            foreach (var some in book.All().OrderBy(static one => one.Credential.Value, StringComparer.Ordinal).ThenBy(static one => one.Agent, StringComparer.Ordinal).Chunk(AtOnce))
            {
                await WriteAsync(some, cancellationToken);
            }

            book.Forget(Time.GetUtcNow() - idle);
            return true;
        },
        cancellationToken);

    /// <summary>Ends the background work and writes what is left.</summary>
    public async Task FinishAsync()
    {
        await StopAsync();
        try
        {
            await LookAsync(CancellationToken.None);
        }
        catch (Exception fault)
        {
            TellOf(fault);
        }
    }

    protected override void TellOf(Exception fault)
    {
        NotServed();
        Log.ClientsNotWritten(logger, fault.Message);
    }

    private async Task<bool> WriteAsync(LiveClient[] clients, CancellationToken cancellationToken)
    {
        var taken = clients.Select(static client => (Client: client, News: client.Take())).Where(static one => one.News is not null).ToArray();
        if (taken.Length == 0)
        {
            return false;
        }

        try
        {
            var stale = await database.WriteAsync(session => WriteAsync(session, taken.Select(static one => one.News!)), cancellationToken); // those without were left out
            stale.ForEach(one => notices.Tell(one.News, one.RefreshedAt));
            return true;
        }
        catch
        {
            Array.ForEach(taken, static one => one.Client.Return(one.News!));
            throw;
        }
    }

    /// <returns>Those of which somebody is to be told.</returns>
    private static async Task<List<(ClientNews News, DateTimeOffset RefreshedAt)>> WriteAsync(Session session, IEnumerable<ClientNews> all)
    {
        var stale = new List<(ClientNews News, DateTimeOffset RefreshedAt)>();
        foreach (var news in all)
        {
            if (await ClientSql.WriteAsync(session, news) is { } refreshed)
            {
                stale.Add((news, refreshed));
            }
        }

        return stale;
    }

    private ClientRefresh Excused(ClientRefresh refresh, DateTimeOffset since) =>
        refresh.At < since && Time.GetUtcNow().UtcTicks - excuse.Ticks < Volatile.Read(ref outageAt) ? refresh with { IsKnown = false } : refresh;

    private async Task<ClientRefresh> AskAsync(LiveClient client, DateTimeOffset since, CancellationToken cancellationToken)
    {
        try
        {
            var row = await InTimeAsync(token => database.ReadAsync(session => ClientSql.FindAsync(session, client.Credential, client.Agent), token), cancellationToken);
            client.Load(row, Time.GetUtcNow());
            return Excused(client.Refresh(isKnown: true), since);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            NotServed();
            client.Fail(Time.GetUtcNow());
            Log.ClientNotFound(logger, fault.Message);
            return client.Refresh(isKnown: false);
        }
    }

    /// <summary>What was taken to be written is written, or given back, before somebody else looks for it.</summary>
    private async Task<bool> InTurnAsync(Func<Task<bool>> work, CancellationToken cancellationToken)
    {
        await writing.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>Waits no longer than a call may be held up.</summary>
    private async Task<T> InTimeAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(patience, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        return await work(either.Token).WaitAsync(either.Token);
    }
}
