using Microsoft.Extensions.Logging;
using Paddock.Store.Coordination;

namespace Paddock.Store.Audit.Payloads;

/// <summary>Notices keys that other processes destroyed, and has the keys ready that entries are sealed by.</summary>
internal sealed class KeyUpkeep(FileKeyStore store, MonthlySealingKeys sealing, TimeProvider time, ILogger<KeyUpkeep> logger) : PeriodicLook(TimeSpan.FromSeconds(10), time)
{
    private string? told;

    /// <summary>Looks once before the first entry is written, and then again and again.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LookAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            TellOf(fault);
        }

        Start();
    }

    public override async Task LookAsync(CancellationToken cancellationToken)
    {
        await store.LookAsync(cancellationToken);
        await sealing.PrepareAsync(Time.GetUtcNow(), cancellationToken);
        told = null;
    }

    protected override void TellOf(Exception fault)
    {
        if (told != fault.Message)
        {
            told = fault.Message;
            Log.KeysNotLookedAfter(logger, fault.Message);
        }
    }
}
