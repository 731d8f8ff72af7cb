using System.Collections.Immutable;
using Paddock.Core.Alerts;
using Paddock.Core.Approvals;

namespace Paddock.Control.Alerts;

/// <summary>Counts requests that wait for somebody's yes. Counted once a minute.</summary>
internal sealed class ApprovalGauge(IApprovals approvals, TimeProvider time) : IGauges
{
    private const int Most = 1_000;

    private static readonly TimeSpan kept = TimeSpan.FromMinutes(1);

    private (DateTimeOffset At, GaugeValue Value)? last;

    public ImmutableArray<Gauge> Has => [Gauge.ApprovalsWaiting];

    public async ValueTask<ImmutableArray<GaugeValue>> ReadAsync(Gauge gauge, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (last is not { } known || now - known.At >= kept)
        {
            last = known = (now, new("", (await approvals.ListAsync(new() { State = ApprovalState.Pending, Limit = Most }, cancellationToken)).Length));
        }

        return [known.Value];
    }
}
