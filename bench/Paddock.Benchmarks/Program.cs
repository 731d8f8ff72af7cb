using System.Globalization;
using BenchmarkDotNet.Running;
using Paddock.Benchmarks.Alerts;
using Paddock.Benchmarks.Audit;
using Paddock.Benchmarks.Guard;
using Paddock.Benchmarks.Policies;
using Paddock.Benchmarks.Tasks;

// dotnet run -c Release --project bench/Paddock.Benchmarks -- --filter '*'
// dotnet run -c Release --project bench/Paddock.Benchmarks -- policies: percentiles of single judgements
// dotnet run -c Release --project bench/Paddock.Benchmarks -- audit [postgres connection string]: durable intents beside a bare group commit
// dotnet run -c Release --project bench/Paddock.Benchmarks -- audit-calls: what the audit log adds to a tool call that is let go; needs src/Paddock built
// dotnet run -c Release --project bench/Paddock.Benchmarks -- audit-many 1000000: how long that many entries take to be written, and to be verified
// dotnet run -c Release --project bench/Paddock.Benchmarks -- guard: what the guard of tool calls adds to a stream; needs src/Paddock built
// taskset -c 0 dotnet run -c Release --project bench/Paddock.Benchmarks -- tasks: what agents tell of themselves, taken in on one core beside model calls; needs src/Paddock built
// dotnet run -c Release --project bench/Paddock.Benchmarks -- overview 1000000: how long the console's pages take once there are so many tasks; needs src/Paddock built
// dotnet run -c Release --project bench/Paddock.Benchmarks -- alerts: false alarms and delays of the detectors on generated series, the tables of docs/alerts.md
if (args is ["alerts"])
{
    AlertQuality.Run();
    return;
}

if (args is ["policies"])
{
    PolicySetBenchmarks.Percentiles(40);
    PolicySetBenchmarks.Percentiles(1_000);
    PolicySetBenchmarks.Each(1_000);
    return;
}

if (args is ["audit", .. var database])
{
    await IntentRate.RunAsync(database.FirstOrDefault());
    return;
}

if (args is ["audit-calls"])
{
    await ReleasedCalls.RunAsync();
    return;
}

if (args is ["audit-many", var entries])
{
    await ManyEntries.RunAsync(int.Parse(entries, CultureInfo.InvariantCulture));
    return;
}

if (args is ["tasks"])
{
    await IngestRate.RunAsync();
    return;
}

if (args is ["overview", var tasks])
{
    await PageTimes.RunAsync(int.Parse(tasks, CultureInfo.InvariantCulture));
    return;
}

if (args is ["guard"])
{
    await GuardLatency.RunAsync();
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
