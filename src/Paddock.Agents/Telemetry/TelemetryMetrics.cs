using System.Diagnostics.Metrics;

namespace Paddock.Agents.Telemetry;

/// <summary>How much agents tell, and what becomes of it.</summary>
internal sealed class TelemetryMetrics
{
    private const string Name = "Paddock.Telemetry";

    private readonly Counter<long> records;

    public TelemetryMetrics(IMeterFactory factory) => records = factory.Create(Name).CreateCounter<long>(
        "paddock.telemetry.records", "{record}", "Log records, spans and data points that agents sent, by what became of them: kept, again (kept before), passed (nothing of it is kept) or refused.");

    public void Note(TelemetrySignal signal, string? agent, TelemetryTally tally)
    {
        Add(signal, agent, "kept", tally.Kept);
        Add(signal, agent, "again", tally.Again);
        Add(signal, agent, "passed", tally.Passed);
        Add(signal, agent, "refused", tally.Refused);
    }

    private void Add(TelemetrySignal signal, string? agent, string outcome, int count)
    {
        if (count > 0)
        {
            records.Add(count, new("signal", Of(signal)), new("agent", agent ?? "unknown"), new("outcome", outcome));
        }
    }

    private static string Of(TelemetrySignal signal) => signal switch { TelemetrySignal.Logs => "logs", TelemetrySignal.Traces => "traces", _ => "metrics" };
}

/// <summary>What became of the records of one request.</summary>
internal readonly record struct TelemetryTally(int Kept, int Again, int Passed, int Refused);
