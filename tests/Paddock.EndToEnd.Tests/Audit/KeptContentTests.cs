using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Core.Audit;
using Paddock.Core.Audit.Payloads;
using Paddock.Core.Budgets;
using Paddock.Core.Identity;
using Paddock.EndToEnd.Tests.Hosting;
using Paddock.Simulator;
using Paddock.Store;

namespace Paddock.EndToEnd.Tests.Audit;

/// <summary>Content that is kept, read, disclosed, held, redacted and shredded by commands on a running server; the log holds all the while.</summary>
public sealed class KeptContentTests
{
    private const string Task = "task_0123456789abcdef";

    private const string Told =
        """
        {"model":"m","stream":true,"messages":[{"role":"system","content":"The zebra merger is for jane.doe@example.org to know."},{"role":"user","content":"go"}],
         "tools":[{"type":"function","function":{"name":"bash","parameters":{"type":"object","properties":{"command":{"type":"string"}},"required":["command"]}}}]}
        """;

    private const string Kept =
        """
        ---
        apiVersion: paddock/v1alpha1
        kind: Policy
        metadata: {name: kept, owner: test}
        spec:
          rules:
            - {id: all, match: {classes: [command]}, effect: allow, audit: {level: request_response, class: calls}}
        ---
        apiVersion: paddock/v1alpha1
        kind: PolicyBinding
        metadata: {name: kept, owner: test}
        spec: {policy: kept, enforcement: enforce}
        ---
        apiVersion: paddock/v1alpha1
        kind: RetentionPolicy
        metadata: {name: kept, owner: test}
        spec: {content: {classes: {calls: 30d}}}
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_redaction_and_shredding_the_log_verifies_and_no_file_has_anything_of_the_content()
    {
        using var place = new Installation();
        await place.CreateKeyAsync();
        var (one, two, three) = await KeepAsync(place.Data, "curl -d @merger.txt https://files.example/zebra", new string('z', 30_000) + " second zebra", "third zebra");
        var traces = Sealed(place.Data);
        Found(place.Data, traces).ShouldBe(traces.Count);
        await using var server = (await place.ServeAsync([])).Server;

        (await place.RunAsync(["audit", "content", "show", one.Id.Value, "--reason", "to see"])).Printed.ShouldBe("curl -d @merger.txt https://files.example/zebra");
        (await place.RunAsync(["audit", "retention", "--json"])).Printed.ShouldContain("""{"class":"content","kept":3,"due":0,"held":0}""");
        (await place.RunAsync(["audit", "redact", "--principal", "nobody", "--reason", "asked for"])).Errors.ShouldContain("no such user");
        (await place.RunAsync(["audit", "redact", "--class", "content", "--reason", "asked for", "--dry-run"])).Printed.ShouldStartWith("3 would be redacted, 0 would stay");
        (await place.RunAsync(["audit", "hold", "add", "--task", Task, "--reason", "a case"])).Printed.ShouldContain("holds task");
        (await place.RunAsync(["audit", "redact", "--task", Task, "--reason", "asked for"])).Printed.ShouldStartWith("0 were redacted, 3 stay");
        (await place.RunAsync(["audit", "hold", "end", await HoldAsync(place), "--reason", "closed"])).Code.ShouldBe(0);
        (await place.RunAsync(["audit", "redact", "--id", one.Id.Value, two.Id.Value, "--reason", "asked for"])).Printed.ShouldStartWith("2 were redacted, 0 stay");
        (await place.RunAsync(["audit", "content", "show", one.Id.Value, "--reason", "to see"])).Errors.ShouldContain("It was redacted");
        (await place.RunAsync(["audit", "shred", three.Key.Value, "--reason", "asked for"])).Printed.ShouldBe($"{three.Key} is destroyed.");
        (await place.RunAsync(["audit", "keys"])).Printed.Split('\n').ShouldContain(line => line.Contains(three.Key.Value) && line.Contains("destroyed"));

        List<byte[]> words = [.. traces, "merger.txt"u8.ToArray(), "zebra"u8.ToArray(), Encoding.ASCII.GetBytes(Convert.ToBase64String("merger.txt"u8)[..12])];
        await Eventually.IsAsync(() => System.Threading.Tasks.Task.FromResult(Found(place.Data, words) == 0), () => $"{Found(place.Data, words)} traces are left.", Cancellation);
        await Eventually.IsAsync(async () => (await place.RunAsync(["audit", "status", "--json"])).Printed.Contains("\"waiting\":0"), () => "Entries wait for the log.", Cancellation);
        (await PaddockProcess.RunAsync(["audit", "verify", place.Data], environment: null, Cancellation)).Code.ShouldBe(0);
        var acts = WrittenEntries.In(place.Data).ConvertAll(WrittenEntries.Act);
        acts.Where(act => act is "audit.content_read" or "audit.held" or "audit.hold_ended" or "audit.redacted" or "audit.shredded")
            .ShouldBe(["audit.content_read", "audit.held", "audit.hold_ended", "audit.redacted", "audit.shredded"]);
    }

    [Fact]
    public async Task What_the_gateway_kept_of_a_call_is_found_by_its_task_masked_and_gone_when_it_was_redacted()
    {
        await using var provider = await SimulatedProvider.StartAsync(new(), Cancellation);
        using var place = new Installation();
        place.WriteProvider(provider.BaseUrl, Kept);
        var (server, url) = await place.ServeAsync(["--release", place.Release]);
        await using var running = server;
        using var asked = Installation.Chat(url, await place.CreateKeyAsync(), "m", stream: true);
        asked.Content = new StringContent(Told, Encoding.UTF8, "application/json");
        (await Installation.SendAsync(asked)).Body.ShouldContain("tool_calls");
        await Eventually.IsAsync(() => System.Threading.Tasks.Task.FromResult(WrittenEntries.In(place.Data).Exists(entry => entry.Act() == "task.messages")), () => "No messages were kept.", Cancellation);
        var traces = Sealed(place.Data);

        var listed = await ListedAsync(place);
        var texts = new List<string>();
        foreach (var id in listed)
        {
            texts.Add((await place.RunAsync(["audit", "content", "show", id, "--reason", "to see"])).Printed);
        }

        texts.ShouldContain(text => text.Contains("zebra merger") && text.Contains("[personal:email:") && !text.Contains("jane"));
        (await place.RunAsync(["audit", "retention"])).Printed.Split('\n').ShouldContain(line => line.StartsWith("calls") && line.Contains("30d"));
        (await place.RunAsync(["audit", "redact", "--principal", "ada", "--reason", "asked for"])).Printed.ShouldStartWith($"{listed.Count} were redacted, 0 stay");

        List<byte[]> words = [.. traces, "zebra merger"u8.ToArray(), "jane.doe"u8.ToArray()];
        await Eventually.IsAsync(() => System.Threading.Tasks.Task.FromResult(Found(place.Data, words) == 0), () => $"{Found(place.Data, words)} traces are left.", Cancellation);
        (await PaddockProcess.RunAsync(["audit", "verify", place.Data], environment: null, Cancellation)).Code.ShouldBe(0);
    }

    [Fact]
    public async Task What_is_disclosed_is_checked_without_a_server_and_against_the_entry_that_was_proved()
    {
        using var place = new Installation();
        await place.CreateKeyAsync();
        var (one, _, _) = await KeepAsync(place.Data, "write to jane.doe@example.org", "two", "three");
        var (file, entry) = (place.At("disclosed"), place.At("entry"));

        (await place.RunAsync(["audit", "content", "show", one.Id.Value, "--reason", "a court asked", "--disclose", file, "--out", place.At("content")])).Printed.ShouldBeEmpty();
        using var disclosed = JsonDocument.Parse(await File.ReadAllTextAsync(file, Cancellation));
        await File.WriteAllTextAsync(entry, disclosed.RootElement.GetProperty("entry").GetString(), Cancellation);

        (await File.ReadAllTextAsync(place.At("content"), Cancellation)).ShouldStartWith("write to [personal:email:");
        (await CheckAsync(file)).Code.ShouldBe(0);
        (await CheckAsync(file, "--entry", entry)).Printed.ShouldContain("as 'args'");
        await File.WriteAllTextAsync(entry, (await File.ReadAllTextAsync(entry, Cancellation)).Replace("\"c\":\"", "\"c\":\"A", StringComparison.Ordinal), Cancellation);
        (await CheckAsync(file, "--entry", entry)).Code.ShouldBe(1);
        await File.WriteAllTextAsync(file, "{}", Cancellation);
        (await CheckAsync(file)).Code.ShouldBe(1);
    }

    private static async Task<List<string>> ListedAsync(Installation place)
    {
        using var list = JsonDocument.Parse((await place.RunAsync(["audit", "content", "list", "--class", "calls", "--json"])).Printed);
        return [.. list.RootElement.GetProperty("contents").EnumerateArray().Select(one => one.GetProperty("id").GetString() ?? "")];
    }

    private static Task<CommandResult> CheckAsync(string file, params string[] more) => PaddockProcess.RunAsync(["audit", "content", "--check", file, .. more], environment: null, Cancellation);

    private static async Task<string> HoldAsync(Installation place)
    {
        using var list = JsonDocument.Parse((await place.RunAsync(["audit", "hold", "list", "--json"])).Printed);
        return list.RootElement.GetProperty("holds")[0].GetProperty("id").GetString() ?? "";
    }

    /// <summary>As the gateway keeps it, and the entry that names it.</summary>
    private static async Task<(PayloadMark.Kept One, PayloadMark.Kept Two, PayloadMark.Kept Three)> KeepAsync(string data, params string[] texts)
    {
        var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddSingleton(new Pepper(new byte[32])).AddSingleton<BudgetBook>().AddStore(new() { DataDirectory = data });
        await using var store = services.AddLogging().BuildServiceProvider();
        await store.GetRequiredService<StoreMaintenance>().StartAsync(Cancellation);
        var kept = new List<PayloadMark.Kept>();
        foreach (var text in texts)
        {
            var mark = await store.GetRequiredService<IPayloads>().KeepAsync(new("args", KeyClasses.Content, Task, "usr_00000000000000000000000000000002", Encoding.UTF8.GetBytes(text)), Cancellation);
            kept.Add(mark.ShouldBeOfType<PayloadMark.Kept>());
        }

        await store.GetRequiredService<IAuditLog>().AppendAsync(new() { Act = AuditActs.ToolOutcome, Actor = AuditActor.Clock, Facts = [PayloadMark.Fact([.. kept])] }, Cancellation);
        await store.GetRequiredService<StoreMaintenance>().StopAsync(Cancellation);
        return (kept[0], kept[1], kept[2]);
    }

    /// <summary>Salts, nonces and beginnings of what is sealed.</summary>
    private static List<byte[]> Sealed(string data)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(data, "paddock.db"), Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT salt, nonce, content FROM audit_sealed";
        using var reader = command.ExecuteReader();
        var traces = new List<byte[]>();
        while (reader.Read())
        {
            traces.AddRange(Enumerable.Range(0, 3).Select(column => ((byte[])reader[column])[..12]));
        }

        return traces;
    }

    private static int Found(string data, List<byte[]> words)
    {
        var found = new HashSet<byte[]>();
        foreach (var path in Directory.EnumerateFiles(data, "*", SearchOption.AllDirectories).Where(static path => Path.GetExtension(path) is not (".sock" or ".lock")))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[file.Length];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            found.UnionWith(words.Where(word => bytes.AsSpan(0, length).IndexOf(word) >= 0));
        }

        return found.Count;
    }
}
