using System.Text.Json;
using Paddock.Core.Audit;
using Paddock.Core.Ledger;
using Paddock.EndToEnd.Tests.Hosting;
using Paddock.Simulator;
using Paddock.Testing;

namespace Paddock.EndToEnd.Tests.Audit;

/// <summary>When the disk is full, the database gone or the signing key away: refused as it is written, nothing lost, and it recovers by itself.</summary>
public sealed class FaultTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_stops_tool_calls_until_there_is_room_or_somebody_breaks_the_glass()
    {
        using var installation = new Installation();
        using var disk = SmallDisk.TryMount(installation.Data, 64);
        Assert.SkipWhen(disk is null, "Nobody lets us mount a small disk here.");
        await using var provider = await SimulatedProvider.StartAsync(new(), Cancellation);
        installation.WriteProvider(provider.BaseUrl);
        var (server, url) = await installation.ServeAsync(["--release", installation.Release]);
        await using var running = server;
        await using var agents = new BusyAgents(url, await installation.CreateKeyAsync(), "full");
        await agents.AskAsync("before");

        disk.Fill();
        await IsAsync(async () => (await agents.AskAsync($"filled-{Guid.NewGuid():N}")).Contains("unavailable", StringComparison.Ordinal), server); // what the database's log still had room for passes
        var stopped = agents.Released.Count;
        await agents.AskAsync("full");
        agents.Released.Count.ShouldBe(stopped);

        (await installation.RunAsync(["audit", "break-glass", "--reason", "The fix must go out", "--for", "30m"])).Printed.ShouldContain("is broken until");
        await agents.AskAsync("broken");
        agents.Released.ShouldContain("broken");
        (await ReadyAsync(url)).GetProperty("checks").GetProperty("audit").GetString().ShouldNotBeNull().ShouldContain("glass");

        disk.MakeRoom();
        await installation.RunAsync(["audit", "break-glass", "--end"]);
        await IsAsync(async () => (await ReadyAsync(url)).GetProperty("checks").GetProperty("audit").GetString() == "ok", server);
        await agents.AskAsync("after");
        agents.Released.ShouldContain("after");
        server.AskToStop();
        await server.WaitAsync(Cancellation);
        await AllAreRecordedAsync(agents, installation, null);
        (await RecordedIntents.ActsAsync(installation.Data, null)).ShouldContain(AuditActs.BreakGlass);
    }

    [Fact]
    public async Task While_the_database_is_gone_the_second_device_takes_the_intents_and_they_come_back_with_it()
    {
        await using var postgres = await PrivatePostgres.StartAsync(Cancellation);
        var database = await postgres.CreateDatabaseAsync(Cancellation);
        var environment = new Dictionary<string, string> { ["PADDOCK_POSTGRES"] = database };
        using var installation = new Installation();
        await using var provider = await SimulatedProvider.StartAsync(new(), Cancellation);
        installation.WriteProvider(provider.BaseUrl);
        var (server, url) = await installation.ServeAsync(["--release", installation.Release], environment);
        await using var running = server;
        await using var agents = new BusyAgents(url, await installation.CreateKeyAsync(), "gone");
        await agents.AskAsync("before");

        await postgres.SuspendAsync(Cancellation);
        await agents.AskAsync("gone");
        agents.Released.ShouldBe(["before", "gone"]);
        (await installation.RunAsync(["key", "create", "--name", "second", "--user", "ada"])).Code.ShouldNotBe(0); // no change without its entry

        await postgres.ResumeAsync(Cancellation);
        await IsAsync(async () => (await ReadyAsync(url)).GetProperty("checks").GetProperty("audit").GetString() == "ok", server);
        await agents.AskAsync("after");
        agents.Released.ShouldBe(["before", "gone", "after"]);
        server.AskToStop();
        await server.WaitAsync(Cancellation);
        await AllAreRecordedAsync(agents, installation, database);
    }

    [Fact]
    public async Task While_the_signing_key_is_away_entries_gather_and_come_into_the_log_with_it()
    {
        using var installation = new Installation();
        await using var provider = await SimulatedProvider.StartAsync(new(), Cancellation);
        installation.WriteProvider(provider.BaseUrl);
        var (server, url) = await installation.ServeAsync(["--release", installation.Release]);
        await using var running = server;
        await using var agents = new BusyAgents(url, await installation.CreateKeyAsync(), "signer");
        var key = Path.Combine(installation.Data, "keys", "audit.key");

        File.Move(key, key + ".away");
        await agents.AskAsync("away");
        agents.Released.ShouldContain("away");
        await server.SaysAsync("keys/audit.key", Cancellation);
        string[] export = ["audit", "export", "--format", "ocsf", "--out", installation.At("exported"), "--to", DateTimeOffset.UtcNow.AddMinutes(1).ToString("O")];
        (await installation.RunAsync(export)).ShouldSatisfyAllConditions(said => said.Code.ShouldBe(1), said => said.Errors.ShouldContain("are not in the log yet"));
        (await installation.RunAsync(export[..^2])).Code.ShouldBe(0);

        File.Move(key + ".away", key);
        await IsAsync(async () => await RecordedIntents.OutsideTheLogAsync(installation.Data) == 0, server);
        (await installation.RunAsync(export)).Code.ShouldBe(0);
        server.AskToStop();
        await server.WaitAsync(Cancellation);
        await AllAreRecordedAsync(agents, installation, null);
    }

    private static async Task AllAreRecordedAsync(BusyAgents agents, Installation installation, string? database)
    {
        var intents = await RecordedIntents.TasksAsync(installation.Data, database);
        var principal = await RecordedIntents.PrincipalAsync("ada", installation.Data, database);
        intents.Count.ShouldBe(intents.Distinct().Count());
        agents.Released.Select(session => TaskKey.Compute(principal, "opencode", session)).Except(intents).ShouldBeEmpty();
    }

    private static Task IsAsync(Func<Task<bool>> condition, PaddockProcess server) => Eventually.IsAsync(condition, () => "It never came true. The server said:\n" + server.Said, Cancellation);

    private static async Task<JsonElement> ReadyAsync(string url)
    {
        var (_, body) = await Installation.SendAsync(new(HttpMethod.Get, url + "/readyz"));
        return JsonDocument.Parse(body).RootElement;
    }
}
