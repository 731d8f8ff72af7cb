using System.Diagnostics.Metrics;

namespace Paddock.Store.Audit;

/// <summary>How entries come to rest.</summary>
internal sealed class AuditMetrics
{
    private readonly Counter<long> entries;
    private readonly Counter<long> refused;
    private readonly Counter<long> lost;
    private readonly Histogram<double> wait;

    public AuditMetrics(IMeterFactory factory)
    {
        var meter = factory.Create("Paddock.Audit");
        entries = meter.CreateCounter<long>("paddock.audit.entries", "{entry}", "Entries that became durable, by device (database, spool, reserve). Those in a change's own transaction are not counted here.");
        refused = meter.CreateCounter<long>("paddock.audit.refused", "{entry}", "Entries that no device took, so that what they told of was refused.");
        lost = meter.CreateCounter<long>("paddock.audit.lost", "{entry}", "Entries that nobody waited for and that found no room while no device took them.");
        wait = meter.CreateHistogram("paddock.audit.wait", "s", "From handing in an entry to its being durable.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5] });
    }

    public void Written(string device, int count) => entries.Add(count, new KeyValuePair<string, object?>("device", device));

    public void Waited(TimeSpan time) => wait.Record(time.TotalSeconds);

    public void Refused(int count) => refused.Add(count);

    public void Lost(int count) => lost.Add(count);
}
