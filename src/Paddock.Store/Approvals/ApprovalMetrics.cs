using System.Diagnostics.Metrics;
using Paddock.Core.Approvals;

namespace Paddock.Store.Approvals;

/// <summary>How approvals go: tags come from closed sets, nobody is named.</summary>
internal sealed class ApprovalMetrics
{
    private const string Name = "Paddock.Approvals";

    private readonly Counter<long> changes;
    private readonly Histogram<double> wait;
    private readonly Counter<long> hasty;

    public ApprovalMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(Name);
        changes = meter.CreateCounter<long>("paddock.approvals", "{change}", "What became of approvals, by kind and change.");
        wait = meter.CreateHistogram("paddock.approval.wait", "s", "From a vote being wanted to the vote, by kind and decision.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 3, 10, 30, 60, 120, 300, 600, 1800, 3600, 14400, 86400] });
        hasty = meter.CreateCounter<long>("paddock.approval.hasty", "{vote}", "Votes of yes within three seconds of being shown, or without being shown.");
    }

    public void Changed(Approval approval, ApprovalChange what)
    {
        var kind = new KeyValuePair<string, object?>("kind", ApprovalRow.Name(approval.Kind));
        changes.Add(1, kind, new("change", ApprovalRow.Name(what)));
        if (what is ApprovalChange.Voted or ApprovalChange.Approved or ApprovalChange.Denied && approval.Votes is [.., var vote])
        {
            wait.Record(vote.Waited.TotalSeconds, kind, new("decision", vote.Approve ? "approve" : "deny"));
            if (vote.IsHasty && vote.Step != ApprovalVote.OwnStep)
            {
                hasty.Add(1, kind);
            }
        }
    }
}
