using BenchmarkDotNet.Running;

// dotnet run -c Release --project bench/Paddock.Benchmarks -- --filter '*'
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
