using System.Net;
using Paddock.Core.Ledger;
using Paddock.Commands;
using Paddock.Core.Audit.Tiles;
using Paddock.EndToEnd.Tests.Hosting;
using Paddock.Simulator;
using Paddock.Store.Audit.Tiles;
using Paddock.Testing;

namespace Paddock.EndToEnd.Tests.Audit;

/// <summary>A server that is killed under load has let nothing go of which its database does not say so, and whatever it has published it stands by.</summary>
public sealed class KilledServerTests
{
    private const int Agents = 4;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whenever_it_is_killed_no_released_call_is_without_its_intent_none_has_two_and_the_log_only_grows(bool onPostgres)
    {
        await using var provider = await SimulatedProvider.StartAsync(new(), Cancellation);
        await using var postgres = onPostgres ? await PrivatePostgres.StartAsync(Cancellation) : null;
        var database = postgres is null ? null : await postgres.CreateDatabaseAsync(Cancellation);
        var environment = database is null ? new Dictionary<string, string>() : new() { ["PADDOCK_POSTGRES"] = database };
        using var installation = new Installation();
        installation.WriteProvider(provider.BaseUrl);
        var (random, released, key, pin) = (new Random(7), new List<string>(), "", installation.At("pin"));
        for (var round = 0; round < Samples.Of(onPostgres ? 2 : 3); round++)
        {
            var (server, url) = await installation.ServeAsync(["--release", installation.Release], environment);
            await using var running = server;
            if (round > 0)
            {
                await VerifyAsync(url, pin, server);
            }

            key = key.Length > 0 ? key : await installation.CreateKeyAsync();
            await using var agents = new BusyAgents(url, key, $"round-{round}");
            agents.Start(Agents);
            var enough = random.Next(5, 50);
            await Eventually.IsAsync(async () => agents.Released.Count >= enough && await PinAsync(url, pin), () => $"Only {agents.Released.Count} calls were released.\n{server.Said}", Cancellation);
            await server.KillAsync(Cancellation);
            await agents.StopAsync();
            released.AddRange(agents.Released);
        }

        var (last, lastUrl) = await installation.ServeAsync(["--release", installation.Release], environment);
        await VerifyAsync(lastUrl, pin, last);
        await last.DisposeAsync();
        var intents = await RecordedIntents.TasksAsync(installation.Data, database);
        var principal = await RecordedIntents.PrincipalAsync("ada", installation.Data, database);
        intents.Count.ShouldBe(intents.Distinct().Count());
        released.Select(session => TaskKey.Compute(principal, "opencode", session)).Except(intents).ShouldBeEmpty();
    }

    /// <summary>Keeps the newest checkpoint that others could see.</summary>
    /// <returns>Whether there is one.</returns>
    private static async Task<bool> PinAsync(string url, string pin)
    {
        var (status, note) = await Installation.SendAsync(new(HttpMethod.Get, url + "/audit/checkpoint"));
        if (status is not HttpStatusCode.OK)
        {
            return false;
        }

        await File.WriteAllTextAsync(pin, note, Cancellation);
        return true;
    }

    /// <summary>The log is whole, and has grown from what was seen before the kill.</summary>
    private static async Task VerifyAsync(string url, string pin, PaddockProcess server)
    {
        await using var log = new WebLog(new(url), key: null);
        var problem = await Record.ExceptionAsync(async () =>
            (await new LogVerification(log.Open(null), new Ed25519Verifier()).RunAsync(expected: null, await File.ReadAllTextAsync(pin, Cancellation), Cancellation)).Signed.Checkpoint.Size.ShouldBePositive());
        problem.ShouldBeNull(server.Said);
    }
}
