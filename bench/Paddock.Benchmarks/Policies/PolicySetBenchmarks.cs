using System.Diagnostics;
using System.Globalization;
using BenchmarkDotNet.Attributes;
using Paddock.Core.Policies;

namespace Paddock.Benchmarks.Policies;

/// <summary>What judging ten calls costs among <see cref="Rules"/> rules.</summary>
[MemoryDiagnoser]
public class PolicySetBenchmarks
{
    private readonly PolicySubject[] calls = ManyRules.Calls();
    private PolicySet policies = PolicySet.Empty;

    [Params(40, 1_000)]
    public int Rules { get; set; }

    [GlobalSetup]
    public void Setup() => policies = ManyRules.Build(Rules);

    [Benchmark(OperationsPerInvoke = 10)]
    public int A_call()
    {
        var denied = 0;
        foreach (var call in calls)
        {
            var verdict = new PolicyVerdict();
            policies.Judge(call, ref verdict);
            denied += verdict.Effect == Effect.Deny ? 1 : 0;
        }

        return denied;
    }

    /// <summary>Each call timed by itself, for the percentiles that an average hides.</summary>
    public static void Percentiles(int rules, int seconds = 10)
    {
        var (policies, calls) = (ManyRules.Build(rules), ManyRules.Calls());
        var times = new long[50_000_000 / 4];
        for (var round = 0; round < 2; round++)
        {
            var (count, before, start, used) = (0, GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            while (count < times.Length && Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
            {
                var verdict = new PolicyVerdict();
                var at = Stopwatch.GetTimestamp();
                policies.Judge(calls[count % calls.Length], ref verdict);
                times[count++] = Stopwatch.GetTimestamp() - at;
            }

            var elapsed = Stopwatch.GetElapsedTime(start);
            var cpu = Environment.CpuUsage.TotalTime - used; // beside others on the machine this is what one core does
            var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            Array.Sort(times, 0, count);
            if (round > 0)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rules} rules: {count / elapsed.TotalSeconds:N0}/s, {count / cpu.TotalSeconds:N0} per second of processor time, p50 {Micros(times[count / 2]):0.00} us, p99 {Micros(times[count * 99L / 100]):0.00} us, p99.9 {Micros(times[count * 999L / 1000]):0.00} us, {bytes} bytes in {count:N0} calls"));
            }
        }
    }

    /// <summary>The median of each call by itself, to see which is dear.</summary>
    public static void Each(int rules)
    {
        var (policies, times) = (ManyRules.Build(rules), new long[10_000]);
        foreach (var call in ManyRules.Calls())
        {
            for (var i = 0; i < times.Length; i++)
            {
                var verdict = new PolicyVerdict();
                var at = Stopwatch.GetTimestamp();
                policies.Judge(call, ref verdict);
                times[i] = Stopwatch.GetTimestamp() - at;
            }

            Array.Sort(times);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {Micros(times[times.Length / 2]),8:0.00} us  {call.Class} {call.Line?.Commands[0].Argv[0]} {call.Paths.Length} paths"));
        }
    }

    private static double Micros(long ticks) => ticks * 1e6 / Stopwatch.Frequency;
}
