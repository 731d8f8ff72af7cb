using System.Diagnostics.Metrics;
using Paddock.Store.Dialects;

namespace Paddock.Store.Audit.Tiles;

/// <summary>How entries come into the log.</summary>
internal sealed class LogMetrics
{
    private readonly Histogram<double> inclusion;

    public LogMetrics(IMeterFactory factory)
    {
        var meter = factory.Create("Paddock.Audit");
        inclusion = meter.CreateHistogram("paddock.audit.inclusion", "s", "From making an entry to its lying under a published log checkpoint.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 5, 10, 60] });
    }

    public void Included(IEnumerable<WaitingEntry> entries, DateTimeOffset now)
    {
        if (inclusion.Enabled)
        {
            foreach (var entry in entries)
            {
                inclusion.Record((now - entry.MadeAt.ToTime()).TotalSeconds);
            }
        }
    }
}
