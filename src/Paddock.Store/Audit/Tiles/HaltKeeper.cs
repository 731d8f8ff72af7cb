using Microsoft.Extensions.Logging;
using Paddock.Store.Dialects;

namespace Paddock.Store.Audit.Tiles;

/// <summary>Keeps in the database that the log has halted, so that it stays so until somebody decides.</summary>
internal sealed class HaltKeeper(ILogLease lease, TimeProvider time, ILogger<HaltKeeper> logger)
{
    public async Task KeepAsync(string problem, CancellationToken cancellationToken)
    {
        try
        {
            await lease.WriteAsync(
                async session =>
                {
                    await HaltRow.KeepAsync(session, problem, time.GetUtcNow().ToMicros());
                    return true;
                },
                cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.HaltNotKept(logger, fault.Message); // the next round finds the same again
        }
    }
}
