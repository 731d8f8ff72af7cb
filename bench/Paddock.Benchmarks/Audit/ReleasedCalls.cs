using System.Diagnostics;
using System.Text;
using Paddock.Benchmarks.Guard;

namespace Paddock.Benchmarks.Audit;

/// <summary>
/// What the audit log adds to a tool call that is let go: one server, asked in turns for answers that end with a call of a tool that
/// changes something (which waits for its durable intent, and is put into the log) and of one that does not. All else is the same.
/// </summary>
internal static class ReleasedCalls
{
    private const int Callers = 16;
    private const int Rounds = 5;
    private const int Singles = 400;
    private static readonly TimeSpan span = TimeSpan.FromSeconds(4);

    public static async Task RunAsync()
    {
        using var provider = new MarkedProvider();
        await using var server = await MeasuredServer.StartAsync("server", provider, "");
        for (var warming = 0; warming < 3; warming++)
        {
            await ManyAsync(server, "write");
            await ManyAsync(server, "read");
        }

        var (shares, added) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            var (reads, writes) = (await ManyAsync(server, "read"), await ManyAsync(server, "write"));
            var (read, write) = (await SinglesAsync(server, "read"), await SinglesAsync(server, "write"));
            shares.Add(1 - (reads.Cpu / writes.Cpu));
            added.Add(write - read);
            Console.WriteLine($"round {round + 1}: {reads.Cpu:F0} µs CPU without, {writes.Cpu:F0} with an intent ({shares[^1]:P0}); one caller, p50 {read:F2} ms without, {write:F2} with; {Callers} callers, p50 {reads.Median:F2} and {writes.Median:F2} ms");
        }

        Console.WriteLine($"the audit log's share of the CPU of a released call: {Middle(shares):P0}; added to the p50 of one caller: {Middle(added):F2} ms (medians of {Rounds})");
    }

    private static async Task<(double Cpu, double Median)> ManyAsync(MeasuredServer server, string tool)
    {
        var (watch, cpu) = (Stopwatch.StartNew(), server.CpuSeconds());
        var times = (await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            var own = new List<double>();
            while (watch.Elapsed < span)
            {
                own.Add(await AskAsync(server, tool));
            }

            return own;
        })))).SelectMany(static own => own).ToList();
        return ((server.CpuSeconds() - cpu) * 1e6 / times.Count, Middle(times));
    }

    private static async Task<double> SinglesAsync(MeasuredServer server, string tool)
    {
        var times = new List<double>();
        for (var i = 0; i < Singles; i++)
        {
            times.Add(await AskAsync(server, tool));
        }

        return Middle(times);
    }

    /// <returns>Milliseconds to the end of the answer.</returns>
    private static async Task<double> AskAsync(MeasuredServer server, string tool)
    {
        var begun = Stopwatch.GetTimestamp();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = new StringContent($$"""{"model":"calls-{{tool}}","stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"go"}],"tools":[{"type":"function","function":{"name":"{{tool}}","parameters":{} } }]}""", Encoding.UTF8, "application/json"),
        };
        using var answer = (await server.Http.SendAsync(request)).EnsureSuccessStatusCode();
        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }

    private static double Middle(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
