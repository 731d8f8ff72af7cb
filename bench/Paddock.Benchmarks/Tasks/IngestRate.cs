using System.Diagnostics;
using System.Text;
using Paddock.Benchmarks.Guard;

namespace Paddock.Benchmarks.Tasks;

/// <summary>
/// What agents tell, taken in and folded by a server that has one core, beside model calls that come at a steady rate: spans of calls alone and of
/// calls with as much telling as the server takes, in turns. Each call makes work of its own for the fold.
/// </summary>
internal static class IngestRate
{
    private const int Core = 1;
    private const int Tellers = 8;
    private const int People = 240;
    private const int TurnsOfBatch = 8;
    private const int TurnsOfSession = 32;
    private const int Callers = 8;
    private const int Rounds = 5;
    private static readonly TimeSpan span = TimeSpan.FromSeconds(10), between = TimeSpan.FromMilliseconds(160);

    private static int sessions;

    public static async Task RunAsync()
    {
        using var provider = new MarkedProvider();
        await using var server = await MeasuredServer.StartAsync("server", provider, "", Core);
        var keys = await Telling.PeopleAsync(server.Http, server.AdminKey, People);
        await RoundAsync(server, keys, telling: true);
        await RoundAsync(server, keys, telling: true);
        await CaughtUpAsync(server);

        var rates = new List<double>();
        for (var round = 1; round <= Rounds; round++)
        {
            var alone = await RoundAsync(server, keys, telling: false);
            var beside = await RoundAsync(server, keys, telling: true);
            var behind = await CaughtUpAsync(server);
            rates.Add(beside.Events / beside.Seconds);
            Console.WriteLine($"round {round}: {rates[^1]:N0} events/s kept; folded {behind.TotalSeconds:F1} s after the last; {alone.Cpu / alone.Calls.Count * 1e6:N0} µs CPU a call alone; {Calls("calls alone", alone)}; {Calls("beside", beside)}");
        }

        Console.WriteLine($"events kept a second: {rates.Order().ElementAt(Rounds / 2):N0} ({rates.Min():N0} to {rates.Max():N0}), {Callers / between.TotalSeconds:N0} model calls a second beside them (median of {Rounds})");
    }

    private static string Calls(string name, Measured one)
    {
        var sorted = one.Calls.Order().ToList();
        return $"{name} {sorted.Count / one.Seconds:N0}/s, p50 {sorted[sorted.Count / 2]:F1} ms, p99 {sorted[sorted.Count * 99 / 100]:F1} ms, at most {sorted[^1]:F0} ms";
    }

    private static async Task<Measured> RoundAsync(MeasuredServer server, string[] keys, bool telling)
    {
        var (watch, cpu) = (Stopwatch.StartNew(), server.CpuSeconds());
        var calls = Task.WhenAll(Enumerable.Range(0, Callers).Select(one => Task.Run(() => CallAsync(server, one, watch))));
        var told = telling ? await Task.WhenAll(Enumerable.Range(0, Tellers).Select(_ => Task.Run(() => TellAsync(server, keys, watch)))) : [];
        return new([.. (await calls).SelectMany(static own => own)], told.Sum(), watch.Elapsed.TotalSeconds, server.CpuSeconds() - cpu);
    }

    /// <returns>Milliseconds of each call, from when it was due.</returns>
    private static async Task<List<double>> CallAsync(MeasuredServer server, int caller, Stopwatch watch)
    {
        var times = new List<double>();
        for (var due = between * ((caller + 0.5) / Callers); due < span; due += between)
        {
            if (due > watch.Elapsed)
            {
                await Task.Delay(due - watch.Elapsed);
            }

            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
            {
                Content = new StringContent("""{"model":"calls-read","stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"go"}],"tools":[{"type":"function","function":{"name":"read","parameters":{}}}]}""", Encoding.UTF8, "application/json"),
            };
            request.Headers.TryAddWithoutValidation("x-session-id", $"ses_{caller}_{watch.GetHashCode()}");
            using var answer = (await server.Http.SendAsync(request)).EnsureSuccessStatusCode();
            times.Add((watch.Elapsed - due).TotalMilliseconds);
        }

        return times;
    }

    /// <returns>Events that were kept.</returns>
    private static async Task<int> TellAsync(MeasuredServer server, string[] keys, Stopwatch watch)
    {
        var kept = 0;
        while (watch.Elapsed < span)
        {
            var number = Interlocked.Increment(ref sessions);
            var (session, key) = ($"bench-{number}", keys[number % keys.Length]);
            for (var turn = 0; turn < TurnsOfSession && watch.Elapsed < span; turn += TurnsOfBatch)
            {
                await Telling.SendAsync(server.Http, key, Enumerable.Range(turn, TurnsOfBatch).SelectMany(one => Telling.Turn(session, one, TimeProvider.System.GetUtcNow())));
                kept += TurnsOfBatch * Telling.EventsOfTurn;
            }
        }

        return kept;
    }

    /// <summary>Waits until the metrics stand still: the fold looks once a second.</summary>
    private static async Task<TimeSpan> CaughtUpAsync(MeasuredServer server)
    {
        var (began, changed) = (Stopwatch.GetTimestamp(), Stopwatch.GetTimestamp());
        for (var counted = await Telling.CountedAsync(server.Http, server.AdminKey); Stopwatch.GetElapsedTime(changed) < TimeSpan.FromSeconds(4);)
        {
            await Task.Delay(100);
            if (await Telling.CountedAsync(server.Http, server.AdminKey) is var now && now != counted)
            {
                (counted, changed) = (now, Stopwatch.GetTimestamp());
            }
        }

        return Stopwatch.GetElapsedTime(began, changed);
    }

    private sealed record Measured(List<double> Calls, int Events, double Seconds, double Cpu);
}
