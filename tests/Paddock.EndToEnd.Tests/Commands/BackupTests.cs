using System.Net;
using Paddock.EndToEnd.Tests.Hosting;
using Paddock.Simulator;
using Paddock.Testing;

namespace Paddock.EndToEnd.Tests.Commands;

public class BackupTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_backup_of_sqlite_taken_while_calls_go_on_is_taken_back_elsewhere_and_keys_work_with_their_pepper()
    {
        using var place = new Installation();
        using var other = new Installation();

        await RoundAsync(place, other, null, null);
    }

    [Fact]
    public async Task A_backup_of_postgresql_is_taken_back_into_another_database_or_into_sqlite()
    {
        await using var postgres = await PrivatePostgres.StartAsync(Cancelled);
        using var place = new Installation();
        using var other = new Installation();
        using var third = new Installation();

        var backup = await RoundAsync(place, other, await postgres.CreateDatabaseAsync(Cancelled), await postgres.CreateDatabaseAsync(Cancelled));

        (await third.RunAsync(["restore", backup])).Code.ShouldBe(0);
        (await third.RunAsync(["key", "list"])).Printed.ShouldContain("laptop");
    }

    [Fact]
    public async Task A_database_that_is_there_gives_way_only_when_told_and_is_kept()
    {
        using var place = new Installation();
        await place.CreateKeyAsync();
        var backup = place.At("backup");
        (await place.RunAsync(["backup", backup])).Code.ShouldBe(0);
        await place.RunAsync(["key", "create", "--name", "later", "--user", "ada"]);

        var refused = await place.RunAsync(["restore", backup]);
        var listed = await place.RunAsync(["key", "list"]);
        var taken = await place.RunAsync(["restore", backup, "--replace"]);

        (refused.Code, taken.Code).ShouldBe((1, 0));
        refused.Errors.ShouldContain("--replace");
        listed.Printed.ShouldContain("later");
        (await place.RunAsync(["key", "list"])).Printed.ShouldNotContain("later");
        Directory.EnumerateFiles(Path.Combine(place.Data, "backups"), "paddock.db", SearchOption.AllDirectories).ShouldHaveSingleItem();
        (await place.RunAsync(["backup", backup])).Errors.ShouldContain("overwrites nothing");
    }

    /// <returns>The backup.</returns>
    private static async Task<string> RoundAsync(Installation place, Installation other, string? from, string? to)
    {
        await using var provider = await SimulatedProvider.StartAsync(new(), Cancelled);
        place.WriteProvider(provider.BaseUrl);
        var (server, url) = await place.ServeAsync(["--release", place.Release], Database(from));
        var key = (await place.RunAsync(["key", "create", "--name", "laptop", "--user", "ada"], Database(from))).Printed;
        (await Installation.SendAsync(Installation.Chat(url, key, "m"))).Status.ShouldBe(HttpStatusCode.OK);
        var backup = place.At("backup");
        (await place.RunAsync(["backup", backup], Database(from))).Code.ShouldBe(0);
        (await place.RunAsync(["restore", backup, "--replace"], Database(from))).Errors.ShouldContain($"in use by process {server.Id}");
        await server.DisposeAsync();
        (await place.RunAsync(["backup", backup + "-2"], Database(from))).Code.ShouldBe(0);

        (await other.RunAsync(["restore", backup], Database(to))).Code.ShouldBe(0);
        Directory.CreateDirectory(Path.Combine(other.Data, "keys"));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(place.Data, "keys")))
        {
            File.Copy(file, Path.Combine(other.Data, "keys", Path.GetFileName(file)));
        }

        var (restored, again) = await other.ServeAsync(["--release", place.Release], Database(to));
        await using var _ = restored;
        (await Installation.SendAsync(Installation.Chat(again, key, "m"))).Status.ShouldBe(HttpStatusCode.OK);
        await Eventually.IsAsync(async () => (await other.RunAsync(["ledger", "list"], Database(to))).Printed.Split('\n').Length == 3, () => "The ledger does not have both calls.", Cancelled);
        return backup;
    }

    private static Dictionary<string, string>? Database(string? connection) => connection is null ? null : new() { ["PADDOCK_POSTGRES"] = connection };
}
