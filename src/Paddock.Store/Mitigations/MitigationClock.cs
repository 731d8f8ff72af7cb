using Microsoft.Extensions.Logging;
using Paddock.Store.Coordination;

namespace Paddock.Store.Mitigations;

/// <summary>Looks for mitigations that were made or ended elsewhere, and notes which have run out of time.</summary>
internal sealed class MitigationClock(LiveMitigations live, MitigationStore store, StoreOptions options, TimeProvider time, ILogger<MitigationClock> logger) : PeriodicLook(options.DirectoryPollInterval, time)
{
    public override async Task LookAsync(CancellationToken cancellationToken)
    {
        await live.RefreshAsync(cancellationToken);
        var now = Time.GetUtcNow();
        foreach (var one in live.Standing.All)
        {
            if (now >= one.ExpiresAt && await store.LapseAsync(one, cancellationToken))
            {
                Log.Expired(logger, one.Id);
            }
        }
    }

    protected override void TellOf(Exception fault) => Log.NotLooked(logger, fault.Message);
}
