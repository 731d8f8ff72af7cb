using System.Diagnostics.Metrics;
using Paddock.Core.Containments;

namespace Paddock.Store.Containments;

/// <summary>What became of containments, and how many stand. Nobody is named.</summary>
internal sealed class ContainmentMetrics
{
    private const string Name = "Paddock.Containments";

    private readonly Counter<long> changes;

    public ContainmentMetrics(IMeterFactory factory, IContainments live, TimeProvider time)
    {
        var meter = factory.Create(Name);
        changes = meter.CreateCounter<long>("paddock.containments", "{change}", "What became of containments, by change.");
        meter.CreateObservableUpDownCounter("paddock.containments.in_force", () => live.Current.CountInForce(time.GetUtcNow()), "{containment}", "Containments in force now.");
    }

    public void Changed(ContainmentChange what) => changes.Add(1, new KeyValuePair<string, object?>("change", what switch
    {
        ContainmentChange.Contained => "contained",
        ContainmentChange.Lifted => "lifted",
        _ => "expired",
    }));
}
