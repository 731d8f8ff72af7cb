using Microsoft.Extensions.Logging;
using Paddock.Core.Audit;
using Paddock.Core.Audit.Tiles;

namespace Paddock.Store.Audit;

/// <summary>Opens and closes the audit log's parts, and says how they are.</summary>
internal sealed class AuditUpkeep(AuditWriter writer, EntryShipper shipper, AuditDevices devices, EntrySpool spool, EntryReserve reserve, DiskWatch disk, IBreakGlass glass, ILogStatus log, ILogger<AuditUpkeep> logger)
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        spool.Open();
        try
        {
            reserve.Open(disk.Look());
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Log.NoReserve(logger, fault.Message);
        }

        await shipper.StartAsync(cancellationToken);
        writer.Start();
        disk.Start();
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await disk.StopAsync();
        await writer.StopAsync(cancellationToken);
        await shipper.StopAsync(cancellationToken);
    }

    /// <summary>Completes when the database has what lay in the file, or does not take it.</summary>
    public Task BringOverAsync(CancellationToken cancellationToken) => shipper.ShipAsync(cancellationToken);

    public AuditHealth Check() => new()
    {
        Available = writer.IsAvailable,
        DatabaseTakes = devices.IsDatabaseThere,
        SpooledBytes = devices.SpooledBytes,
        GlassBrokenUntil = glass.Until,
        Behind = disk.Behind,
        Halted = log.Current is { State: LogState.Halted } halted ? halted.Problem : null,
        KeptOutside = disk.KeptOutside,
        FreeBytes = disk.FreeBytes,
        Disk = disk.State,
    };
}
