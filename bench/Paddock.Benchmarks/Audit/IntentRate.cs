using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Core.Audit;
using Paddock.Store;

namespace Paddock.Benchmarks.Audit;

/// <summary>How many durable intents sixteen waiting callers get in a second, beside a bare group commit into the same database, in turns.</summary>
internal static class IntentRate
{
    private const int Callers = 16;
    private const int Rounds = 5;
    private const int MostWarming = 20;

    /// <summary>A round in which fewer methods were compiled than this is a warm one: before, the compiler takes up to half of the core.</summary>
    private const int FewMethods = 20;
    private static readonly TimeSpan span = TimeSpan.FromSeconds(3);

    /// <param name="postgres">Connection string of a PostgreSQL that commits durably; null = SQLite only.</param>
    public static async Task RunAsync(string? postgres)
    {
        Entries();
        await CompareAsync("SQLite", null);
        if (postgres is not null)
        {
            await CompareAsync("PostgreSQL", postgres);
        }
    }

    private static async Task CompareAsync(string name, string? postgres)
    {
        var directory = Directory.CreateTempSubdirectory("paddock-bench-").FullName;
        var services = new ServiceCollection();
        services.AddStore(new() { DataDirectory = Path.Combine(directory, "data"), PostgresConnection = postgres });
        await using var provider = services.BuildServiceProvider();
        var store = provider.GetRequiredService<StoreMaintenance>();
        await store.StartAsync(CancellationToken.None);
        var log = provider.GetRequiredService<IAuditLog>();
        await using var bare = postgres is null ? BareRows.OnSqlite(Path.Combine(directory, "bare.db")) : await BareRows.OnPostgresAsync(postgres);
        var (row, number, ratios) = (new byte[500], 0, new List<double>());
        Task Plainly() => bare.AppendAsync(row);
        Task Durably() => log.AppendAsync(Intent(Interlocked.Increment(ref number)), CancellationToken.None);
        await WarmAsync(Plainly, Durably);
        for (var round = 1; round <= Rounds; round++)
        {
            var (plain, ours) = (await MeasureAsync(Plainly), await MeasureAsync(Durably));
            ratios.Add(ours.PerSecond / plain.PerSecond);
            Print($"{name} round {round}: bare {plain.PerSecond:N0}/s (p50 {plain.Median:F2} ms, {plain.Cpu:F1} µs CPU), intents {ours.PerSecond:N0}/s (p50 {ours.Median:F2} ms, {ours.Cpu:F1} µs CPU), {ratios[^1]:P0}");
        }

        Print($"{name}: {ratios.Order().ElementAt(Rounds / 2):P0} of a bare group commit (median of {Rounds})");
        await store.StopAsync(CancellationToken.None);
        Directory.Delete(directory, recursive: true);
    }

    private static async Task WarmAsync(Func<Task> bare, Func<Task> ours)
    {
        for (var round = 0; round < MostWarming; round++)
        {
            var compiled = JitInfo.GetCompiledMethodCount();
            await MeasureAsync(bare);
            await MeasureAsync(ours);
            if (JitInfo.GetCompiledMethodCount() - compiled < FewMethods)
            {
                return;
            }
        }
    }

    private static async Task<(double PerSecond, double Median, double Cpu)> MeasureAsync(Func<Task> append)
    {
        var (watch, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var callers = Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            var times = new List<double>();
            while (watch.Elapsed < span)
            {
                var begun = Stopwatch.GetTimestamp();
                await append();
                times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }

            return times;
        })).ToArray();
        var all = (await Task.WhenAll(callers)).SelectMany(static times => times).Order().ToList();
        return (all.Count / watch.Elapsed.TotalSeconds, all[all.Count / 2], (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / all.Count);
    }

    /// <summary>What an entry costs before anything is written.</summary>
    private static void Entries()
    {
        const int count = 100_000;
        var key = new SealingKey("dek_names_2026-11_0123456789abcdef", new byte[32]);
        var (id, now, what) = (Guid.CreateVersion7(), TimeProvider.System.GetUtcNow(), Intent(1));
        for (var round = 0; round < 6; round++)
        {
            var watch = Stopwatch.StartNew();
            for (var i = 0; i < count; i++)
            {
                AuditEntry.Of(what, id, now, key);
            }

            var entry = watch.Elapsed.TotalMicroseconds / count;
            watch.Restart();
            for (var i = 0; i < count; i++)
            {
                key.Commit(id, "res", "repo:corp/payments-api"u8);
            }

            Print($"an entry: {entry:F1} µs, of which its two commitments {2 * watch.Elapsed.TotalMicroseconds / count:F1} µs; {AuditEntry.Of(what, id, now, key).Bytes.Length} bytes");
        }
    }

    public static AuditEvent Intent(int number) => new()
    {
        Act = AuditActs.ToolIntent,
        Actor = AuditActor.Agent("codex", "usr_0197a1b2c3d47000800000000000beef", "key_0197a1b2c3d47000800000000000beef"),
        Ref = string.Create(CultureInfo.InvariantCulture, $"dec_{number:x32}_{Environment.ProcessId}"),
        Facts =
        [
            AuditFact.Of("call", "call_0197a1b2c3d47000800000000000beef"), AuditFact.Of("cls", "command"), AuditFact.Of("corr", "task_0197a1b2c3d47000800000000000beef"),
            AuditFact.Of("dec", "allow"), AuditFact.Of("rel", "sha256:30e9a1e5b527734ce846bc05f8186d526a127f22e856c6b311bdc15bceea20d9"), AuditFact.Of("tool", "bash"),
            AuditFact.Sealed("res", "repo:corp/payments-api"),
            new("payload", new AuditValue.List([new AuditValue.Sealed("""{"command":"git status --short"}"""u8.ToArray()) { Beside = [AuditFact.Of("f", "args")] }])),
        ],
    };

    private static void Print(string line) => Console.WriteLine(line);
}
