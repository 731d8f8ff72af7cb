using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Paddock.Commands;
using Paddock.Core.Audit;
using Paddock.Core.Audit.Tiles;
using Paddock.Core.Audit.Witnesses;
using Paddock.EndToEnd.Tests.Approvals;
using Paddock.EndToEnd.Tests.Hosting;
using Paddock.Hosting;
using Paddock.Settings;
using Paddock.Store.Audit.Tiles;
using Paddock.Testing;

namespace Paddock.EndToEnd.Tests.Audit;

/// <summary>A log and a witness, each in its process, over sockets.</summary>
public sealed class WitnessedLogTests : IAsyncDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("paddock-witnessed-").FullName;
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
    private PaddockServer? server;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public async Task A_witness_signs_a_log_that_grows_and_goes_on_after_it_was_killed()
    {
        await File.WriteAllTextAsync(At("logs"), "", Cancelled);
        var (witness, address, vkey) = await WitnessAsync("0");
        var key = VerifierKey.Parse(vkey)!;
        await ServeAsync(new(address, key));
        (await http.GetStringAsync(new Uri(address, "vkey"), Cancelled)).ShouldBe(vkey + "\n");
        (await ReadyAsync()).ShouldBe("never");
        (await PageAsync()).ShouldContain("<dt>Last kept outside</dt><dd>never.");
        await Eventually.IsAsync(async () => await StatusAsync() is { } status && (string?)status["problem"] is { } problem && problem.Contains("does not know the log", StringComparison.Ordinal), () => "It was not told that the witness knows no log.", Cancelled);

        await File.WriteAllTextAsync(At("logs"), await http.GetStringAsync(server!.AgentsUrls[0] + "/audit/vkey", Cancelled), Cancelled);
        await FillAsync(300);
        var first = await WitnessedAsync(301, key);
        await witness.KillAsync(Cancelled);
        await witness.DisposeAsync();
        await FillAsync(10);
        (witness, _, var after) = await WitnessAsync($"{address.Port}");
        await using var closing = witness;

        after.ShouldBe(vkey, "its key is the same");
        var second = await WitnessedAsync(first.Size + 10, key);
        second.Size.ShouldBeGreaterThan(first.Size);
        var checkpoint = SignedNote.Parse(await http.GetStringAsync(server.AgentsUrls[0] + "/audit/checkpoint", Cancelled))!;
        (checkpoint.Signatures.Length, checkpoint.IsSignedBy(key, new Ed25519Verifier())).ShouldBe((2, true));
        await Eventually.IsAsync(async () => (await ReadyAsync()).StartsWith("a log checkpoint was kept outside ", StringComparison.Ordinal), () => "/readyz does not say it.", Cancelled);
        await AttackAsync(address);
        (await PageAsync()).ShouldMatch("<dt>Last kept outside</dt><dd><span class=\"moment\"><time [^>]*>[^<]*</time> <span class=\"away\">(just now|\\d+ s ago)</span>");
    }

    /// <summary>What the console says about the log.</summary>
    private async Task<string> PageAsync()
    {
        using var browser = new Browser(server!.OperatorsUrls[0]);
        (await browser.GetAsync("/audit-log")).ShouldBe(HttpStatusCode.Unauthorized);
        await browser.SignInAsync((await File.ReadAllTextAsync(At("data/keys/admin.key"), Cancelled)).Trim());
        (await browser.GetAsync("/audit-log")).ShouldBe(HttpStatusCode.OK);
        return browser.Body;
    }

    /// <summary>What somebody with the log's key, or without it, tries at the witness's door.</summary>
    private async Task AttackAsync(Uri address)
    {
        using var own = new HttpClient { BaseAddress = new(server!.AgentsUrls[0]) };
        var tree = await LogTree.FetchAsync(own, At("tree"));
        var (signer, entries, size) = (server.Services.GetRequiredService<ILogSigner>(), tree.Entries(), tree.Checkpoint.Size);
        var fork = await LogTree.ForgeAsync(tree, [.. entries[..7], entries[8], .. entries[8..], entries[0]], signer, At("fork"));
        var rollback = await LogTree.ForgeAsync(tree, entries[..200], signer, At("rollback"));
        string Note(LogTree of) => File.ReadAllText(of.CheckpointFile);

        (await PostAsync(address, new AddCheckpoint(size, [TreeHash.OfNothing], Note(fork)).ToString())).Status.ShouldBe(422);
        (await PostAsync(address, new AddCheckpoint(200, [], Note(rollback)).ToString())).ShouldBe((409, $"{size}\n", "text/x.tlog.size"));
        (await PostAsync(address, new AddCheckpoint(size, [], Note(rollback)).ToString())).Status.ShouldBe(400);
        (await PostAsync(address, new AddCheckpoint(size, [], Note(tree).Replace("/audit/", "/other/", StringComparison.Ordinal)).ToString())).Status.ShouldBe(404);
        (await PostAsync(address, new AddCheckpoint(size, [], Note(tree).Replace($"\n{size}\n", $"\n{size + 1}\n", StringComparison.Ordinal)).ToString())).Status.ShouldBe(403);
        (await PostAsync(address, "old 0\n")).Status.ShouldBe(400);
        (await PostAsync(address, new('x', 100_000))).Status.ShouldBe(413);
        (await PostAsync(address, new AddCheckpoint(size, [], Note(tree)).ToString())).Status.ShouldBe(200, "the log itself goes on");
        Directory.EnumerateFiles(Path.Combine(At("witness"), "conflicts")).Count().ShouldBe(1);
    }

    private async Task<(int Status, string Body, string? Type)> PostAsync(Uri address, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "text/plain");
        using var answer = await http.PostAsync(new Uri(address, "add-checkpoint"), content, Cancelled);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancelled), answer.Content.Headers.ContentType?.ToString());
    }

    private async Task<(PaddockProcess Process, Uri Address, string Vkey)> WitnessAsync(string port)
    {
        var witness = PaddockProcess.Run(["audit", "witness", "--listen", $"127.0.0.1:{port}", "--state", At("witness"), "--logs", At("logs"), "--name", "witness.example/w"]);
        await witness.SaysAsync(" witness.example/w+", Cancelled);
        return witness.Said.Split('\n').First(static line => line.StartsWith("http://", StringComparison.Ordinal)).Split(' ') is [var url, var vkey] ? (witness, new Uri(url + "/"), vkey) : throw new InvalidOperationException(witness.Said);
    }

    private async Task ServeAsync(WitnessSettings witness) => server = await PaddockServer.StartAsync(
        new ServeSettings { DataDirectory = At("data"), Listeners = [new(new(IsHttps: false, IPAddress.Loopback, 0), ListenerSides.Both, [])], LogLevel = LogLevel.Error, Witnesses = [witness] }, configure: null, Cancelled);

    private async Task<LogCheckpoint> WitnessedAsync(long size, VerifierKey key)
    {
        LogCheckpoint? seen = null;
        await Eventually.IsAsync(
            async () =>
            {
                using var answer = await http.GetAsync(server!.AgentsUrls[0] + "/audit/witnessed", Cancelled);
                var note = SignedNote.Parse(await answer.Content.ReadAsStringAsync(Cancelled));
                seen = note is not null && note.IsSignedBy(key, new Ed25519Verifier()) ? LogCheckpoint.Parse(note.Text) : null;
                return seen?.Size >= size;
            },
            () => $"The witness has not signed for {size} entries, but for {seen?.Size}.",
            Cancelled);
        return seen!; // waited for
    }

    private async Task<JsonNode?> StatusAsync() => JsonNode.Parse((await PaddockProcess.RunAsync(["audit", "status", "--json", "--data", At("data")], environment: null, Cancelled)).Output)?["witnesses"]?[0];

    private async Task<string> ReadyAsync()
    {
        using var answer = await http.GetAsync(server!.AgentsUrls[0] + "/readyz", Cancelled);
        return (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancelled))!["checks"]!["audit_witness"] ?? "";
    }

    private string At(string name) => Path.Combine(root, name);

    private async Task FillAsync(int entries)
    {
        var (audit, reader) = (server!.Services.GetRequiredService<IAuditLog>(), server.Services.GetRequiredService<ILogReader>());
        await Task.WhenAll(Enumerable.Range(0, entries).Select(number => audit.AppendAsync(
            new() { Act = "test.entry", Actor = AuditActor.Of("system:test"), Mutating = false, Facts = [AuditFact.Of("number", number)] }, Cancelled)));
        await Eventually.IsAsync(async () => (await reader.FiguresAsync(Cancelled)).Waiting == 0, () => "Entries did not come into the log.", Cancelled);
    }
}
