using Paddock.Core.Ledger;
using Paddock.EndToEnd.Tests.Hosting;
using Paddock.Simulator;
using Paddock.Testing;

namespace Paddock.EndToEnd.Tests.Audit;

/// <summary>A server that is killed under load has let nothing go of which its database does not say so.</summary>
public sealed class KilledServerTests
{
    private const int Agents = 8;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whenever_it_is_killed_no_released_call_is_without_its_intent_and_none_has_two(bool onPostgres)
    {
        await using var provider = await SimulatedProvider.StartAsync(new(), Cancellation);
        await using var postgres = onPostgres ? await PrivatePostgres.StartAsync(Cancellation) : null;
        var database = postgres is null ? null : await postgres.CreateDatabaseAsync(Cancellation);
        var environment = database is null ? new Dictionary<string, string>() : new() { ["PADDOCK_POSTGRES"] = database };
        using var installation = new Installation();
        installation.WriteProvider(provider.BaseUrl);
        var (random, released, key) = (new Random(7), new List<string>(), "");
        for (var round = 0; round < Samples.Of(10); round++)
        {
            var (server, url) = await installation.ServeAsync(["--release", installation.Release], environment);
            await using var running = server;
            key = key.Length > 0 ? key : await installation.CreateKeyAsync();
            await using var agents = new BusyAgents(url, key, $"round-{round}");
            agents.Start(Agents);
            var enough = random.Next(10, 120);
            await Eventually.IsAsync(() => Task.FromResult(agents.Released.Count >= enough), () => $"Only {agents.Released.Count} calls were released.\n{server.Said}", Cancellation);
            await server.KillAsync(Cancellation);
            await agents.StopAsync();
            released.AddRange(agents.Released);
        }

        var (last, _) = await installation.ServeAsync(["--release", installation.Release], environment);
        await last.DisposeAsync();
        var intents = await RecordedIntents.TasksAsync(installation.Data, database);
        var principal = await RecordedIntents.PrincipalAsync("ada", installation.Data, database);
        intents.Count.ShouldBe(intents.Distinct().Count());
        released.Select(session => TaskKey.Compute(principal, "opencode", session)).Except(intents).ShouldBeEmpty();
    }
}
