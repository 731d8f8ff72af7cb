using BenchmarkDotNet.Running;
using Paddock.Benchmarks.Policies;

// dotnet run -c Release --project bench/Paddock.Benchmarks -- --filter '*'
// dotnet run -c Release --project bench/Paddock.Benchmarks -- policies: percentiles of single judgements
if (args is ["policies"])
{
    PolicySetBenchmarks.Percentiles(40);
    PolicySetBenchmarks.Percentiles(1_000);
    PolicySetBenchmarks.Each(1_000);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
