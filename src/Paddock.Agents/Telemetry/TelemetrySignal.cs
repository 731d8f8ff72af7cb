namespace Paddock.Agents.Telemetry;

/// <summary>What an exporter sends, each sort to an address of its own.</summary>
internal enum TelemetrySignal
{
    Logs,
    Traces,
    Metrics,
}
