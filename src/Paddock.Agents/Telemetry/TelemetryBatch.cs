using System.Collections.Immutable;

namespace Paddock.Agents.Telemetry;

/// <summary>What a request held.</summary>
/// <param name="Records">None of metrics: of those nothing is kept.</param>
/// <param name="Count">Records, or data points, that were there.</param>
internal sealed record TelemetryBatch(ImmutableArray<TelemetryRecord> Records, int Count)
{
    /// <summary>Exporters send 512 at once unless they are told otherwise. What stands behind these is counted only.</summary>
    public const int MostRecords = 8192;
}

/// <summary>Collects records as far as a batch may go.</summary>
internal sealed class TelemetryCollector
{
    private readonly ImmutableArray<TelemetryRecord>.Builder records = ImmutableArray.CreateBuilder<TelemetryRecord>();

    public int Count { get; private set; }

    public bool IsFull => records.Count == TelemetryBatch.MostRecords;

    /// <summary>Counts one that is not looked at.</summary>
    public void Pass() => Count++;

    public void Add(TelemetryRecord record)
    {
        records.Add(record);
        Count++;
    }

    public TelemetryBatch Batch() => new(records.ToImmutable(), Count);
}
