using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Paddock.Commands;
using Paddock.Core.Audit;
using Paddock.Core.Audit.Tiles;
using Paddock.EndToEnd.Tests.Hosting;
using Paddock.Hosting;
using Paddock.Settings;
using Paddock.Store.Audit.Tiles;
using Paddock.Testing;

namespace Paddock.EndToEnd.Tests.Audit;

/// <summary>A log in two shards, as a server, its directory and an archive show it; what does not go together is not accepted.</summary>
public sealed class ShardedLogTests : IAsyncLifetime
{
    private readonly string root = Directory.CreateTempSubdirectory("paddock-shards-").FullName;
    private PaddockServer server = null!; // started before any test

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Address => server.AgentsUrls[0];

    public async ValueTask InitializeAsync() => server = await PaddockServer.StartAsync(
        new ServeSettings { DataDirectory = At("data"), Listeners = [new(new(IsHttps: false, IPAddress.Loopback, 0), ListenerSides.Both, [])], LogLevel = LogLevel.Error }, configure: null, Cancelled);

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public async Task With_a_new_key_the_log_goes_on_and_one_key_and_one_kept_checkpoint_vouch_for_both_shards()
    {
        await FillAsync(300);
        var (pin, vkey) = (At("pin"), At("audit.vkey"));
        (await RunAsync("audit", "verify", Address, "--pin", pin)).Code.ShouldBe(0);
        await File.WriteAllTextAsync(vkey, (await ShardsAsync())[0].VerifierKey, Cancelled);
        var old = (await RunAsync("audit", "tail", "--act", "test.entry", "--limit", "1", "--data", At("data"))).Printed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[^1];

        await RotateAsync();
        await FillAsync(20);

        var verified = await RunAsync("audit", "verify", Address, "--pin", pin, "--vkey", vkey, "--json");
        verified.Code.ShouldBe(0, verified.Errors);
        JsonNode.Parse(verified.Output)!["shards"]!.AsArray().Count.ShouldBe(2);
        (await File.ReadAllTextAsync(pin, Cancelled)).ShouldStartWith((await ShardsAsync())[1].Origin + "\n");
        (await RunAsync("audit", "verify", At("data"), "--pin", pin)).Code.ShouldBe(0);
        (await RunAsync("audit", "shards", "--data", At("data"))).Output.ShouldContain("/2");
        (await RunAsync("audit", "prove", old, "--out", At("proof"), "--entry", At("entry"), "--data", At("data"))).Code.ShouldBe(0);
        (await RunAsync("audit", "prove", "--check", At("proof"), "--entry", At("entry"), "--vkey", vkey)).Code.ShouldBe(0);
    }

    [Fact]
    public async Task A_closed_shard_is_archived_as_files_that_others_verify_and_stays_while_it_is_young()
    {
        await FillAsync(600);
        var open = await RunAsync("audit", "archive", "1", "--out", At("early"), "--data", At("data"));
        (open.Code, open.Errors).ShouldSatisfyAllConditions(said => said.Code.ShouldBe(1), said => said.Errors.ShouldContain("There is no closed shard 1"));
        await RotateAsync();

        var archived = await RunAsync("audit", "archive", "1", "--out", At("archive"), "--data", At("data"));
        archived.Code.ShouldBe(0, archived.Errors);
        (await GoVerifier.VerifyAsync(At("archive"), (await File.ReadAllTextAsync(Path.Combine(At("archive"), "vkey"), Cancelled)).Trim())).Code.ShouldBe(0);
        (await RunAsync("audit", "verify", At("archive"))).Code.ShouldBe(0);
        var young = await RunAsync("audit", "archive", "1", "--out", At("archive"), "--remove", "--reason", "a year", "--data", At("data"));

        (young.Code, young.Errors).ShouldSatisfyAllConditions(said => said.Code.ShouldBe(1), said => said.Errors.ShouldContain("less than 48 hours"));
        (await RunAsync("audit", "verify", At("data"))).Code.ShouldBe(0);
    }

    [Fact]
    public async Task A_bundle_has_all_that_is_needed_to_verify_the_log_without_paddock()
    {
        await FillAsync(300);
        await RotateAsync();
        await FillAsync(5);

        var made = await RunAsync("audit", "export", "--format", "bundle", "--out", At("bundle"), "--data", At("data"));

        made.Code.ShouldBe(0, made.Errors);
        foreach (var shard in new[] { "1", "2" })
        {
            var directory = Path.Combine(At("bundle"), "shards", shard);
            (await GoVerifier.VerifyAsync(directory, (await File.ReadAllTextAsync(Path.Combine(directory, "vkey"), Cancelled)).Trim())).Code.ShouldBe(0);
        }

        (await RunAsync("audit", "verify", At("bundle"))).Output.ShouldContain("/2");
        (await File.ReadAllTextAsync(Path.Combine(At("bundle"), "verify.go"), Cancelled)).ShouldContain("sumdb/tlog");
        (await File.ReadAllTextAsync(Path.Combine(At("bundle"), "README.md"), Cancelled)).ShouldContain("shard 2: ");
        File.Delete(Path.Combine(At("bundle"), "shards", "1", "tile", "entries", "000"));
        (await RunAsync("audit", "verify", At("bundle"))).Code.ShouldBe(1);
    }

    [Fact]
    public async Task Entries_are_exported_for_other_systems_with_what_proves_them()
    {
        await FillAsync(700);
        await RunAsync("user", "create", "ada", "--data", At("data"));
        var to = DateTimeOffset.UtcNow.AddMinutes(1).ToString("O");
        await Eventually.IsAsync(async () => await server.Services.GetRequiredService<IEntryReader>().OldestWaitingAsync(Cancelled) is null, () => "Entries did not come into the log.", Cancelled);

        (await RunAsync("audit", "export", "--format", "ocsf", "--to", to, "--out", At("ocsf"), "--data", At("data"))).Code.ShouldBe(0);
        (await RunAsync("audit", "export", "--format", "cloudevents", "--to", to, "--act", "test.entry", "--act", "principal.created", "--out", At("events"), "--data", At("data"))).Code.ShouldBe(0);

        var (ocsf, events) = ((await File.ReadAllLinesAsync(At("ocsf"), Cancelled)).Select(static line => JsonNode.Parse(line)!).ToList(), (await File.ReadAllLinesAsync(At("events"), Cancelled)).Select(static line => JsonNode.Parse(line)!).ToList());
        events.Count.ShouldBe(702, "the installation has made a principal too");
        ocsf.Count.ShouldBeGreaterThan(702);
        events[0].ToJsonString().ShouldStartWith("""{"specversion":"1.0","id":""");
        ((string?)events[^1]["type"], (string?)events[^1]["data"]!["act"]).ShouldBe(("dev.paddock.audit.v1.principal.created", "principal.created"));
        var created = ocsf.Last(static one => (int?)one["class_uid"] == 3001);
        ((int?)created["type_uid"], (string?)created["metadata"]!["version"], (int?)created["category_uid"]).ShouldBe((300101, "1.9.0", 3));
        foreach (var one in ocsf)
        {
            var attested = one["attestation_list"]![0]!;
            ((string?)attested["fingerprint"]!["value"]).ShouldBe(Convert.ToHexStringLower(TreeHash.OfLeaf(System.Text.Encoding.UTF8.GetBytes((string)one["raw_data"]!)).ToArray()));
            ((string?)attested["chain_uid"])!.ShouldContain("/audit/org_");
        }
    }

    [Theory]
    [InlineData("the older shard is shorter", "does not continue shard 1")]
    [InlineData("the older shard is left away", "The shards before 2 are missing")]
    [InlineData("the newer shard is left away", "is not there")]
    [InlineData("the newer shard is of another key", "did not end by naming the key")]
    [InlineData("the newer shard is said to be a new beginning", "does not begin with the entry that opens it")]
    public async Task Shards_that_do_not_belong_together_are_not_accepted(string what, string problem)
    {
        await FillAsync(5);
        await RotateAsync();
        await FillAsync(5);
        var (copy, shards) = (At("copy"), await ShardsAsync());
        await CopyAsync(copy, shards);

        (await VerifyAsync(copy, shards)).ShouldBeNull();
        (await VerifyAsync(copy, await TamperAsync(what, copy, shards))).ShouldNotBeNull().ShouldContain(problem);
    }

    [Theory]
    [InlineData("archived", "give --vkey of shard 2")]
    [InlineData("restarted", "give --vkey of shard 2")]
    public async Task Who_has_no_key_does_not_continue_the_log_by_saying_that_a_shard_is_archived_or_restarted(string said, string remedy)
    {
        await FillAsync(5);
        await RotateAsync();
        await FillAsync(5);
        var (copy, shards) = (At("copy"), await ShardsAsync());
        await CopyAsync(copy, shards);
        var (key, kept) = (VerifierKey.Parse(shards[0].VerifierKey), await File.ReadAllTextAsync(Path.Combine(FetchedLog.DirectoryOf(copy, 1), "checkpoint"), Cancelled));
        List<LogShard> Told() => said == "archived" ? [shards[0] with { Archived = shards[0].Closed }, shards[1]] : [shards[0], shards[1] with { Restarted = true }];
        var forged = shards[1] = await ForgeAsync(copy, shards[1], static entries => entries, said == "archived" ? AuditActs.ShardOpened : AuditActs.LogRestarted);

        (await VerifyAsync(copy, Told(), key)).ShouldNotBeNull().ShouldContain(remedy);
        (await VerifyAsync(copy, Told(), key, kept)).ShouldNotBeNull().ShouldContain(remedy);
        (await VerifyAsync(copy, Told(), expected: null, kept)).ShouldNotBeNull().ShouldContain(remedy);
        (await VerifyAsync(copy, Told())).ShouldBeNull("its keys are its own word");
        (await VerifyAsync(copy, Told(), VerifierKey.Parse(forged.VerifierKey), kept)).ShouldBeNull("who asked took that key for the log's");
    }

    private async Task CopyAsync(string copy, List<LogShard> shards)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new(Address) };
        var log = new WebLog(http, "/audit/");
        foreach (var shard in shards)
        {
            await new ArchivedShard(FetchedLog.DirectoryOf(copy, shard.Number)).FillAsync(log.Open(shard.Number), Cancelled);
        }
    }

    private async Task<List<LogShard>> TamperAsync(string what, string copy, List<LogShard> shards)
    {
        switch (what)
        {
            case "the older shard is left away": return [shards[1]];
            case "the newer shard is left away": return [shards[0]];
            case "the newer shard is said to be a new beginning": return [shards[0], shards[1] with { Restarted = true }];
            case "the older shard is shorter":
                shards[0] = await ForgeAsync(copy, shards[0], entries => entries[..^1]);
                return shards;
            default:
                shards[1] = await ForgeAsync(copy, shards[1], static entries => entries);
                return shards;
        }
    }

    /// <summary>Whoever has a key signs another shard under the same name.</summary>
    private async Task<LogShard> ForgeAsync(string copy, LogShard shard, Func<List<ReadOnlyMemory<byte>>, List<ReadOnlyMemory<byte>>> change, string act = AuditActs.ShardOpened)
    {
        var directory = FetchedLog.DirectoryOf(copy, shard.Number);
        var signer = server.Services.GetRequiredService<ILogSigner>();
        await signer.RotateAsync(Cancelled);
        var key = new VerifierKey(shard.Origin, NoteAlgorithm.Ed25519, (await signer.CurrentAsync(Cancelled)).Span);
        var tree = new LogTree(directory);
        await File.WriteAllTextAsync(tree.At("vkey"), key.ToString(), Cancelled);
        var entries = change([.. tree.Entries()]);
        var first = JsonNode.Parse(entries[0].Span)!;
        first["act"] = act;
        first["shard"]!["vkey"] = key.ToString();
        entries[0] = System.Text.Encoding.UTF8.GetBytes(first.ToJsonString());

        var forged = await LogTree.ForgeAsync(tree, entries, signer, directory);
        return shard with { VerifierKey = key.ToString(), Size = forged.Checkpoint.Size, Root = forged.Checkpoint.Root.ToString() };
    }

    private static async Task<string?> VerifyAsync(string copy, List<LogShard> shards, VerifierKey? expected = null, string? kept = null)
    {
        try
        {
            await new ChainVerification(new Told(new FetchedLog(copy), shards), new Ed25519Verifier()).RunAsync(expected, kept, Cancelled);
            return null;
        }
        catch (LogDamagedException fault)
        {
            return fault.Message;
        }
    }

    private async Task RotateAsync()
    {
        var before = (await ShardsAsync()).Count;
        var rotated = await RunAsync("audit", "rotate-key", "--reason", "once a year", "--data", At("data"));
        rotated.Code.ShouldBe(0, rotated.Errors);
        await Eventually.IsAsync(async () => await ShardsAsync() is { } shards && shards.Count == before + 1 && shards[^1].Root is not null, () => "There is no new shard.", Cancelled);
    }

    private async Task<List<LogShard>> ShardsAsync() => [.. await server.Services.GetRequiredService<ILogReader>().ShardsAsync(Cancelled)];

    private string At(string name) => Path.Combine(root, name);

    private static Task<CommandResult> RunAsync(params string[] arguments) => PaddockProcess.RunAsync(arguments, environment: null, Cancelled);

    private async Task FillAsync(int entries)
    {
        var (audit, reader) = (server.Services.GetRequiredService<IAuditLog>(), server.Services.GetRequiredService<ILogReader>());
        await Task.WhenAll(Enumerable.Range(0, entries).Select(number => audit.AppendAsync(
            new() { Act = "test.entry", Actor = AuditActor.Of("system:test"), Mutating = false, Facts = [AuditFact.Of("number", number)] }, Cancelled)));
        await Eventually.IsAsync(async () => (await reader.FiguresAsync(Cancelled)).Waiting == 0, () => "Entries did not come into the log.", Cancelled);
    }

    private sealed class Told(ILogShards inner, IReadOnlyList<LogShard> shards) : ILogShards
    {
        public ValueTask<IReadOnlyList<LogShard>?> ShardsAsync(CancellationToken cancellationToken) => new(shards);

        public ILogSource Open(long? shard) => inner.Open(shard);
    }
}
