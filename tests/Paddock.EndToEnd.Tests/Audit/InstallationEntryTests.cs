using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Paddock.EndToEnd.Tests.Approvals;
using Paddock.EndToEnd.Tests.Hosting;

namespace Paddock.EndToEnd.Tests.Audit;

/// <summary>What the audit log says of the installation itself and of who comes to its console.</summary>
public class InstallationEntryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_first_day_is_told_from_the_admin_key_to_the_stop()
    {
        using var place = new Installation();
        var (server, _) = await place.ServeAsync([]);
        (await place.RunAsync(["backup", place.At("backup")])).Code.ShouldBe(0);
        server.AskToStop();
        (await server.WaitAsync(Cancellation)).ShouldBe(0);
        await server.DisposeAsync();

        var entries = WrittenEntries.In(place.Data);

        var admin = entries[0].GetProperty("ref").GetString();
        entries.ConvertAll(entry => $"{entry.Act()} {entry.Actor()}").ShouldBe(
        [
            "principal.created system:installation", "key.created system:installation", "release.imported system:environment", "release.activated system:environment",
            "server.started system:server", $"backup.made {admin}", "server.stopped system:server",
        ]);
        entries[1].GetProperty("scopes").GetProperty("control").EnumerateArray().Select(role => role.GetString()).ShouldBe(["admin"]);
        entries[4].GetProperty("settings").GetString().ShouldNotBeNull().Length.ShouldBe(64);
        entries[5].GetProperty("rows").GetInt64().ShouldBeGreaterThan(4);
    }

    [Fact]
    public async Task A_command_without_a_server_is_no_start_and_its_change_is_the_owners()
    {
        using var place = new Installation();
        await place.CreateKeyAsync();

        var entries = WrittenEntries.In(place.Data).ConvertAll(entry => $"{entry.Act()} {entry.Actor()}");

        entries.ShouldNotContain(entry => entry.StartsWith("server."));
        entries[^2..].ShouldBe(["principal.created system:local", "key.created system:local"]);
    }

    [Fact]
    public async Task A_restored_database_says_that_it_was_restored_and_from_when()
    {
        using var place = new Installation();
        using var other = new Installation();
        await place.CreateKeyAsync();
        (await place.RunAsync(["backup", place.At("backup")])).Code.ShouldBe(0);

        (await other.RunAsync(["restore", place.At("backup")])).Code.ShouldBe(0);

        var (before, after) = (WrittenEntries.In(place.Data), WrittenEntries.In(other.Data));
        before.ConvertAll(WrittenEntries.Act).ShouldContain("backup.made");
        after.ConvertAll(WrittenEntries.Act).ShouldBe([.. before.ConvertAll(WrittenEntries.Act).Where(act => act != "backup.made"), "backup.restored"]);
        after[^1].GetProperty("made_at").GetString().ShouldNotBeNull();
    }

    [Fact]
    public async Task A_release_that_is_not_taken_is_told_by_its_digest_and_nothing_of_it_is_kept()
    {
        using var place = new Installation();
        place.Write("release/broken.yaml", "kind: Nothing\n");
        await place.CreateKeyAsync();
        var before = WrittenEntries.In(place.Data).Count;

        (await place.RunAsync(["release", "import", place.Release])).Code.ShouldBe(1);

        var entry = WrittenEntries.In(place.Data)[before..].ShouldHaveSingleItem();
        (entry.Act(), entry.Actor(), entry.GetProperty("why").GetString(), entry.GetProperty("mut").GetBoolean()).ShouldBe(("release.rejected", "system:local", "faults", false));
        entry.GetProperty("ref").GetString().ShouldNotBeNull().ShouldStartWith("sha256:");
    }

    [Fact]
    public async Task Who_signs_in_and_out_is_told_by_id_and_guesses_once_a_minute_with_their_number()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var served = await ServedApprovals.StartAsync(configure: builder => builder.Services.AddSingleton<TimeProvider>(time));
        using var browser = new Browser(served.Url);
        List<JsonElement> Since() => WrittenEntries.In(served.Data).FindAll(entry => entry.Act().StartsWith("session.", StringComparison.Ordinal));
        var key = await served.KeyAsync("ada");

        foreach (var guess in new[] { "pk_nonsense", "pk_other", "pk_third" })
        {
            (await browser.SignInAsync(guess)).ShouldBe(HttpStatusCode.Unauthorized);
        }

        time.Advance(TimeSpan.FromSeconds(58));
        (await browser.SignInAsync(key)).ShouldBe(HttpStatusCode.SeeOther);
        time.Advance(TimeSpan.FromSeconds(1));
        await browser.GetAsync("/approvals");
        await browser.PostAsync("/sign-out", ("token", browser.Field("token")));
        await Eventually.IsAsync(
            () =>
            {
                time.Advance(TimeSpan.FromMilliseconds(250)); // entries gather a quarter of a second before the database has them
                return Task.FromResult(Since().Count == 4);
            },
            () => "There are only " + string.Join(", ", Since()), Cancellation);

        var entries = Since();
        entries.ConvertAll(WrittenEntries.Act).ShouldBe(["session.refused", "session.signed_in", "session.signed_out", "session.refused"]);
        entries.ConvertAll(entry => entry.TryGetProperty("count", out var count) ? count.GetInt32() : 0).ShouldBe([1, 0, 0, 2]);
        entries[1].Actor().ShouldStartWith("usr_");
        entries[1].GetProperty("actor").GetProperty("via").GetString().ShouldBe(entries[1].GetProperty("ref").GetString());
        entries.ShouldAllBe(entry => !entry.GetRawText().Contains("127.0.0.1"));
    }
}
