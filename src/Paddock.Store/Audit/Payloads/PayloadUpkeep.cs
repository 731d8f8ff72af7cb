using Microsoft.Extensions.Logging;
using Paddock.Store.Coordination;

namespace Paddock.Store.Audit.Payloads;

/// <summary>Ends what erasing began and could not end: keys that are given up and not destroyed, rows that nobody can open, traces that a reader kept.</summary>
internal sealed class PayloadUpkeep(ShreddedKeys keys, PayloadErasing erasing, ErasureTraces traces, TimeProvider time, ILogger<PayloadUpkeep> logger) : PeriodicLook(TimeSpan.FromSeconds(20), time)
{
    public override async Task LookAsync(CancellationToken cancellationToken)
    {
        await keys.DestroyAsync(cancellationToken);
        await erasing.SweepAsync(cancellationToken);
        await traces.RemoveAsync(cancellationToken);
    }

    protected override void TellOf(Exception fault) => Log.PayloadsNotLookedAfter(logger, fault.Message);
}
