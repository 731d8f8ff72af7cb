using Microsoft.Extensions.Logging;
using Paddock.Core.Audit.Payloads;

namespace Paddock.Store.Audit.Payloads;

/// <summary>Destroys what keys the database says are given up. Every process does, with the keys that it has.</summary>
internal sealed class ShreddedKeys(IKeyStore keys, RecordedDatabase database, ILogger<ShreddedKeys> logger)
{
    public async Task DestroyAsync(CancellationToken cancellationToken)
    {
        var given = await database.ReadAsync(static session => session.QueryAsync<string>("SELECT key_id FROM audit_shredded ORDER BY key_id"), cancellationToken);
        if (given.Count == 0)
        {
            return;
        }

        var gone = (await keys.ListAsync(cancellationToken)).Where(static key => key.IsDestroyed).Select(static key => key.Id).ToHashSet();
        foreach (var id in given.Select(DataKeyId.Parse).Where(id => !gone.Contains(id)))
        {
            await TryDestroyAsync(id, cancellationToken);
        }
    }

    /// <returns>False when it could not be; it is tried again.</returns>
    public async Task<bool> TryDestroyAsync(DataKeyId id, CancellationToken cancellationToken)
    {
        try
        {
            if (await keys.DestroyAsync(id, cancellationToken))
            {
                Log.KeyDestroyed(logger, id.Value);
            }

            return true;
        }
        catch (KeyStoreException fault)
        {
            Log.KeyNotDestroyed(logger, id.Value, fault.Message);
            return false;
        }
    }
}
