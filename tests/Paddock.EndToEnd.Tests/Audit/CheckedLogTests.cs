using System.Net;
using System.Text;
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

/// <summary>The log of a running server, checked by a program that shares nothing with Paddock, and by Paddock's own; tampered with, both say no.</summary>
public sealed class CheckedLogTests : IAsyncLifetime
{
    private static readonly long count = Math.Min(Samples.Of(3_000), 70_000);

    private readonly string root = Directory.CreateTempSubdirectory("paddock-log-").FullName;
    private PaddockServer server = null!; // started before any test
    private HttpClient http = null!; // made with it

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = await PaddockServer.StartAsync(
            new ServeSettings { DataDirectory = At("data"), Listeners = [new(new(IsHttps: false, IPAddress.Loopback, 0), ListenerSides.Both, [])], LogLevel = LogLevel.Error }, configure: null, Cancelled);
        http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new(server.AgentsUrls[0]) };
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public async Task A_live_log_is_accepted_and_whatever_is_tampered_with_is_not()
    {
        await FillAsync(300);
        var early = await LogTree.FetchAsync(http, At("early"));
        await FillAsync(count - 300);
        var whole = await LogTree.FetchAsync(http, At("whole"));
        whole.Checkpoint.Size.ShouldBeGreaterThanOrEqualTo(count);

        (await GoVerifier.VerifyAsync(whole.Directory, whole.Vkey, early.CheckpointFile)).ShouldSatisfyAllConditions(
            said => said.Code.ShouldBe(0, said.Errors),
            said => said.Output.ShouldStartWith($"accepted: {whole.Checkpoint.Size} entries"));
        (await OwnAsync(whole, early)).ShouldBeNull();
        foreach (var (name, tamper) in Tamperings(whole))
        {
            var tampered = whole.Copy(At(name));
            tamper(tampered);
            await BothRejectAsync(tampered, name, old: null);
        }

        var signer = server.Services.GetRequiredService<ILogSigner>();
        var entries = whole.Entries();
        var fork = await LogTree.ForgeAsync(whole, [.. entries[..7], Other(entries[7]), .. entries[8..]], signer, At("fork"));
        (await GoVerifier.VerifyAsync(fork.Directory, fork.Vkey)).Code.ShouldBe(0, "alone, a fork is a log like any other");
        await BothRejectAsync(fork, "NOT append-only", early);
        await BothRejectAsync(await LogTree.ForgeAsync(whole, entries[..200], signer, At("rollback")), "shrank", early);
    }

    [Fact]
    public async Task The_command_verifies_a_server_and_its_directory_and_proves_an_entry_without_either()
    {
        await FillAsync(20);
        var (pin, proof, entry) = (At("pin"), At("entry.tlog-proof"), At("entry.json"));

        var first = await RunAsync("audit", "verify", At("data"), "--pin", pin);
        await FillAsync(300);
        var second = await RunAsync("audit", "verify", server.AgentsUrls[0], "--pin", pin, "--vkey", (await http.GetStringAsync("/audit/vkey", Cancelled)).Trim());
        (first.Code, second.Code).ShouldBe((0, 0), first.Errors + second.Errors);
        first.Output.ShouldContain("nothing was kept");
        second.Output.ShouldContain("yes");
        (await File.ReadAllTextAsync(pin, Cancelled)).ShouldContain("/audit/org_");

        var listed = await RunAsync("audit", "tail", "--act", "test.entry", "--limit", "1", "--data", At("data"));
        var id = listed.Printed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[^1];
        (await RunAsync("audit", "prove", id, "--out", proof, "--entry", entry, "--data", At("data"))).Code.ShouldBe(0);
        var vkey = (await http.GetStringAsync("/audit/vkey", Cancelled)).Trim();
        (await RunAsync("audit", "prove", "--check", proof, "--entry", entry, "--vkey", vkey)).Printed.ShouldStartWith("The entry is number ");
        await File.WriteAllBytesAsync(entry, Other(await File.ReadAllBytesAsync(entry, Cancelled)).ToArray(), Cancelled);
        var refused = await RunAsync("audit", "prove", "--check", proof, "--entry", entry, "--vkey", vkey);
        (refused.Code, refused.Errors).ShouldSatisfyAllConditions(said => said.Code.ShouldBe(1), said => said.Errors.ShouldContain("The entry is not number"));
    }

    [Theory]
    [InlineData("tile/0/000.p/{beyond}")] // more than is published
    [InlineData("tile/0/000")]
    [InlineData("tile/0/001.p/1")]
    [InlineData("tile/1/000.p/1")]
    [InlineData("tile/entries/000")]
    [InlineData("tile/0/0")] // written otherwise
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/-1/000.p/1")]
    [InlineData("tile/8/000")]
    public async Task What_is_not_published_is_not_there(string path)
    {
        await FillAsync(20);
        var size = (await LogTree.FetchAsync(http, At("tree"))).Checkpoint.Size;

        using var missing = await http.GetAsync("/audit/" + path.Replace("{beyond}", $"{size + 1}", StringComparison.Ordinal), Cancelled);

        missing.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Any_width_that_was_published_is_the_beginning_of_the_tile_and_may_be_kept_for_ever()
    {
        await FillAsync(20);
        using var short1 = await http.GetAsync("/audit/tile/0/000.p/3", Cancelled);
        using var long1 = await http.GetAsync("/audit/tile/0/000.p/17", Cancelled);
        using var head = await http.GetAsync("/audit/checkpoint", Cancelled);

        var (few, many) = (await short1.Content.ReadAsByteArrayAsync(Cancelled), await long1.Content.ReadAsByteArrayAsync(Cancelled));
        (few.Length, many.Length).ShouldBe((3 * 32, 17 * 32));
        many[..few.Length].ShouldBe(few);
        (short1.Content.Headers.ContentType!.ToString(), short1.Headers.CacheControl!.ToString()).ShouldBe(("application/octet-stream", "public, max-age=31536000, immutable"));
        (head.Content.Headers.ContentType!.ToString(), head.Headers.CacheControl!.ToString()).ShouldBe(("text/plain; charset=utf-8", "no-cache"));
    }

    private static IEnumerable<(string Name, Action<LogTree> Tamper)> Tamperings(LogTree whole)
    {
        var size = whole.Checkpoint.Size;
        List<ReadOnlyMemory<byte>> Changed(LogTree tree) => [.. tree.Entries().Select((entry, at) => at == 300 ? Other(entry) : entry)];
        yield return ("entry byte", tree => tree.Flip("tile/entries/001", 40));
        yield return ("tile byte", tree => tree.Flip("tile/0/001", 40));
        yield return ("entry and leaf", tree =>
        {
            var (changed, upper) = (Changed(tree), TileId.At(1, 0, size)!.Value.ToString());
            var kept = File.ReadAllBytes(tree.At(upper));
            tree.Rebuild(changed);
            File.WriteAllBytes(tree.At(upper), kept);
        }
        );
        yield return ("entry, leaf and every tile above", tree => tree.Rebuild(Changed(tree)));
        yield return ("size in the checkpoint", tree => File.WriteAllText(tree.CheckpointFile, File.ReadAllText(tree.CheckpointFile).Replace($"\n{size}\n", $"\n{size - 1}\n", StringComparison.Ordinal)));
        yield return ("missing bundle", tree => File.Delete(tree.At("tile/entries/002")));
        yield return ("swapped bundles", tree =>
        {
            File.Move(tree.At("tile/entries/001"), tree.At("aside"));
            File.Move(tree.At("tile/entries/002"), tree.At("tile/entries/001"));
            File.Move(tree.At("aside"), tree.At("tile/entries/002"));
        }
        );
    }

    private static async Task BothRejectAsync(LogTree tree, string why, LogTree? old)
    {
        var said = await GoVerifier.VerifyAsync(tree.Directory, tree.Vkey, old?.CheckpointFile);
        said.Code.ShouldBe(1, why);
        if (old is not null)
        {
            said.Errors.ShouldContain(why);
        }

        (await OwnAsync(tree, old)).ShouldNotBeNull(why);
    }

    /// <returns>Why Paddock's own verification rejects it; null when it does not.</returns>
    private static async Task<string?> OwnAsync(LogTree tree, LogTree? old)
    {
        try
        {
            await new LogVerification(new FetchedLog(tree.Directory), new Ed25519Verifier()).RunAsync(VerifierKey.Parse(tree.Vkey), old is null ? null : await File.ReadAllTextAsync(old.CheckpointFile, Cancelled), Cancelled);
            return null;
        }
        catch (LogDamagedException fault)
        {
            return fault.Message;
        }
    }

    private static ReadOnlyMemory<byte> Other(ReadOnlyMemory<byte> entry)
    {
        var other = entry.ToArray();
        other[^2] ^= 1;
        return other;
    }

    private string At(string name) => Path.Combine(root, name);

    private static Task<CommandResult> RunAsync(params string[] arguments) => PaddockProcess.RunAsync(arguments, environment: null, Cancelled);

    /// <summary>Appends entries and waits until they are in the signed log.</summary>
    private async Task FillAsync(long entries)
    {
        var (audit, reader) = (server.Services.GetRequiredService<IAuditLog>(), server.Services.GetRequiredService<ILogReader>());
        var before = (await reader.NewestAsync(null, Cancelled))?.Checkpoint.Size ?? 0;
        await Parallel.ForAsync(0L, entries, new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = Cancelled }, async (number, cancellationToken) =>
            await audit.AppendAsync(new() { Act = "test.entry", Actor = AuditActor.Of("system:test"), Mutating = false, Facts = [AuditFact.Of("number", number), AuditFact.Of("text", new StringBuilder().Append('x', (int)(number % 100)).ToString())] }, cancellationToken));
        await Eventually.IsAsync(
            async () => (await reader.FiguresAsync(Cancelled)).Waiting == 0 && (await reader.NewestAsync(null, Cancelled))?.Checkpoint.Size >= before + entries, () => $"{entries} entries did not come into the log.", Cancelled);
    }
}
