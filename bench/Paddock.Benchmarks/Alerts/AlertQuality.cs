using Paddock.Testing.Alerts;

namespace Paddock.Benchmarks.Alerts;

/// <summary>How good the detectors of alerts are on generated series: the tables of docs/alerts.md.</summary>
internal static class AlertQuality
{
    // Not those by which anything was chosen.
    private static readonly int[] others = [.. Enumerable.Range(101, 100)];

    public static void Run()
    {
        Print("Spend, seeds 1 to 5", SpendDetectors.Measure());
        Print("Spend, seeds 101 to 200", SpendDetectors.Measure(others));
        Print("Availability of a provider", [.. CallQuality.Measure(0.99, 40), .. CallQuality.Measure(0.99, 1), .. CallQuality.Measure(0.995, 40)]);
        Print("Commands that time out", TimeoutQuality.Measure());
        Print("Mutating tool calls", MutatingQuality.Measure());
    }

    private static void Print(string title, IReadOnlyList<QualityRow> rows) => Console.WriteLine($"{title}\n\n{Quality.Table(rows)}\n");
}
