using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Paddock.EndToEnd.Tests.Hosting;
using Paddock.Simulator;
using Paddock.Testing;

namespace Paddock.EndToEnd.Tests.Diagnostics;

public class ReadinessTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_says_that_it_lives_and_takes_calls_and_shows_its_metrics_to_those_who_may_see_them()
    {
        using var place = new Installation();
        var (server, url) = await place.ServeAsync([]);
        await using var _ = server;
        var viewer = await place.CreateKeyAsync("--control", "viewer");

        (await AskAsync(url + "/healthz")).Status.ShouldBe(HttpStatusCode.OK);
        var (status, ready) = await AskAsync(url + "/readyz");
        (status, JsonDocument.Parse(ready).RootElement.GetProperty("ready").GetBoolean()).ShouldBe((HttpStatusCode.OK, true));
        (await AskAsync(url + "/metrics")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await Installation.SendAsync(new(HttpMethod.Get, url + "/metrics") { Headers = { { "Authorization", "Bearer " + viewer } } })).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_database_that_went_away_is_named_and_calls_go_on_and_reach_the_ledger_when_it_is_back()
    {
        await using var postgres = await PrivatePostgres.StartAsync(Cancelled);
        using var place = new Installation();
        await using var provider = await SimulatedProvider.StartAsync(new(), Cancelled);
        place.WriteProvider(provider.BaseUrl);
        var database = new Dictionary<string, string> { ["PADDOCK_POSTGRES"] = await postgres.CreateDatabaseAsync(Cancelled) };
        var (server, url) = await place.ServeAsync(["--release", place.Release], database);
        await using var _ = server;
        var key = (await place.RunAsync(["key", "create", "--name", "laptop", "--user", "ada"], database)).Printed;

        await postgres.SuspendAsync(Cancelled);
        await Eventually.IsAsync(async () => (await AskAsync(url + "/readyz")).Body.Contains("does not answer", StringComparison.Ordinal), () => server.Said, Cancelled);
        var (status, _) = await Installation.SendAsync(Installation.Chat(url, key, "m"));
        var refused = await place.RunAsync(["key", "create", "--name", "other", "--user", "ada"], database);
        await postgres.ResumeAsync(Cancelled);

        status.ShouldBe(HttpStatusCode.OK);
        (await AskAsync(url + "/readyz")).Status.ShouldBe(HttpStatusCode.OK);
        refused.Code.ShouldBe(1);
        refused.Errors.ShouldStartWith("paddock: ");
        refused.Errors.ShouldNotContain("   at ");
        await Eventually.IsAsync(async () => (await place.RunAsync(["ledger", "list"], database)).Output.Contains("complete", StringComparison.Ordinal), () => server.Said, Cancelled);
    }

    [Fact]
    public async Task A_full_disk_makes_it_not_ready_with_the_reason_and_space_makes_it_ready_again()
    {
        using var place = new Installation();
        await using var provider = await SimulatedProvider.StartAsync(new(), Cancelled);
        place.WriteProvider(provider.BaseUrl);
        Directory.CreateDirectory(place.Data);
        Assert.SkipUnless(Run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", place.Data), "A small disk can be mounted by root only.");
        try
        {
            var (server, url) = await place.ServeAsync(["--release", place.Release]);
            await using var running = server;
            var key = await place.CreateKeyAsync();
            var filler = Path.Combine(place.Data, "filler");
            Fill(filler);

            var refusal = "";
            await Eventually.IsAsync(
                async () =>
                {
                    (_, refusal) = await Installation.SendAsync(Installation.Chat(url, key, "m"));
                    return (await AskAsync(url + "/readyz")).Status == HttpStatusCode.ServiceUnavailable;
                },
                () => refusal + server.Said, Cancelled);
            var (_, reason) = await AskAsync(url + "/readyz");
            var (full, answer) = await Installation.SendAsync(Installation.Chat(url, key, "m"));
            File.Delete(filler);

            reason.ShouldContain("\"ready\":false");
            JsonDocument.Parse(reason).RootElement.GetProperty("checks").GetProperty("ledger").GetString().ShouldNotBe("ok");
            full.ShouldBe(HttpStatusCode.ServiceUnavailable);
            answer.ShouldContain("ledger_unavailable");
            await Eventually.IsAsync(async () => (await AskAsync(url + "/readyz")).Status == HttpStatusCode.OK, () => server.Said, Cancelled);
            (await Installation.SendAsync(Installation.Chat(url, key, "m"))).Status.ShouldBe(HttpStatusCode.OK);
        }
        finally
        {
            Run("umount", place.Data).ShouldBeTrue();
        }
    }

    private static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            for (var size = 1 << 16; size > 0; size = file.Length > 1 << 26 ? 0 : size)
            {
                file.Write(new byte[size]);
            }
        }
        catch (IOException)
        {
            // That is what it is for.
        }
    }

    private static bool Run(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardError = true })!; // of ours: it starts or throws
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static Task<(HttpStatusCode Status, string Body)> AskAsync(string url) => Installation.SendAsync(new(HttpMethod.Get, url));
}
