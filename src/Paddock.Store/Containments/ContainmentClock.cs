using Microsoft.Extensions.Logging;
using Paddock.Store.Coordination;

namespace Paddock.Store.Containments;

/// <summary>Notes which containments have expired. They stop nothing from their moment on, whether anybody looks or not; this is for people to hear of it.</summary>
internal sealed class ContainmentClock(LiveContainments live, ContainmentStore store, TimeProvider time, ILogger<ContainmentClock> logger) : PeriodicLook(TimeSpan.FromSeconds(1), time)
{
    /// <summary>One look. Asks the database for nothing while none has expired.</summary>
    public override async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        foreach (var containment in live.Current.All)
        {
            if (!containment.IsInForce(now) && await store.LapseAsync(containment.Id, cancellationToken))
            {
                Log.Expired(logger, containment.Id.Value);
            }
        }
    }

    protected override void TellOf(Exception fault) => Log.NotLooked(logger, fault.Message);
}
