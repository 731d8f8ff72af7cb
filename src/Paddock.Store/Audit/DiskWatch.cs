using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Paddock.Core.Notifications;
using Paddock.Store.Audit.Witnesses;
using Paddock.Store.Coordination;
using Paddock.Store.Dialects;

namespace Paddock.Store.Audit;

/// <summary>How much room there is, and how far the log is behind. Looked at well ahead: a full disk stops the work of every agent.</summary>
internal sealed class DiskWatch : PeriodicLook
{
    private static readonly TimeSpan lateAfter = TimeSpan.FromSeconds(60);

    private readonly IDatabase database;
    private readonly IDiskSpace space;
    private readonly StoreOptions options;
    private readonly INotifications notifications;
    private readonly ILogger logger;
    private string told = "ok";
    private bool toldLate;

    public DiskWatch(IDatabase database, IDiskSpace space, StoreOptions options, INotifications notifications, IMeterFactory meters, TimeProvider time, ILogger<DiskWatch> logger)
        : base(TimeSpan.FromSeconds(10), time)
    {
        (this.database, this.space, this.options, this.notifications, this.logger) = (database, space, options, notifications, logger);
        var meter = meters.Create("Paddock.Audit");
        meter.CreateObservableGauge("paddock.disk.free", () => FreeBytes, "By", "Room on the disk of the data directory, or of the audit log's file when that has less.");
        meter.CreateObservableGauge("paddock.audit.oldest_unsequenced", () => Behind.TotalSeconds, "s", "Age of the oldest entry that is not in the log yet.");
    }

    /// <summary>On the fuller of the disks; <see cref="long.MaxValue"/> while it was not looked.</summary>
    public long FreeBytes { get; private set; } = long.MaxValue;

    /// <summary>Age of the oldest entry that is not in the log yet.</summary>
    public TimeSpan Behind { get; private set; }

    /// <summary>When a witness last signed that it keeps a log checkpoint; null = never.</summary>
    public DateTimeOffset? KeptOutside { get; private set; }

    /// <summary><c>ok</c>, <c>low</c> or <c>critical</c>.</summary>
    public string State => FreeBytes < options.LowDiskBytes / 16 ? "critical" : FreeBytes < options.LowDiskBytes ? "low" : "ok";

    /// <summary>Room on the disk of the audit log's file now.</summary>
    public long Look() => space.FreeBytes(options.SpoolDirectory);

    public override async Task LookAsync(CancellationToken cancellationToken)
    {
        LookAtDisk();
        var (oldest, kept) = await database.ReadAsync(
            async session => (await session.ScalarAsync<long?>("SELECT made_at FROM audit_entries WHERE seq IS NULL ORDER BY id LIMIT 1"), await CosignatureRow.LastAsync(session)), cancellationToken);
        KeptOutside = kept?.ToTime();
        Behind = oldest is { } made && Time.GetUtcNow() - made.ToTime() is var age && age > TimeSpan.Zero ? age : TimeSpan.Zero;
        if (Behind > lateAfter && !toldLate)
        {
            Log.LogBehind(logger, Behind);
            notifications.Post(AuditNotices.Behind(Time.GetUtcNow(), Behind));
        }

        toldLate = Behind > lateAfter;
    }

    protected override void TellOf(Exception fault) => Log.DiskUnread(logger, fault.Message);

    private void LookAtDisk()
    {
        FreeBytes = Math.Min(space.FreeBytes(options.DataDirectory), space.FreeBytes(options.SpoolDirectory));
        if (State == told)
        {
            return;
        }

        told = State;
        if (told != "ok")
        {
            Log.DiskLow(logger, options.DataDirectory, FreeBytes);
        }

        notifications.Post(AuditNotices.Disk(Time.GetUtcNow(), told, FreeBytes));
    }
}

/// <summary>The room on a disk: a seam for tests.</summary>
internal interface IDiskSpace
{
    /// <param name="directory">Need not be there yet.</param>
    long FreeBytes(string directory);

    /// <summary>The same of all there is; 0 to 100.</summary>
    double FreePercent(string directory);
}

internal sealed class DiskSpace : IDiskSpace
{
    public long FreeBytes(string directory) => DriveOf(directory).AvailableFreeSpace;

    public double FreePercent(string directory) => DriveOf(directory) is { TotalSize: > 0 } drive ? 100.0 * drive.AvailableFreeSpace / drive.TotalSize : 100;

    private static DriveInfo DriveOf(string directory)
    {
        var there = new DirectoryInfo(directory);
        while (!there.Exists && there.Parent is { } parent)
        {
            there = parent;
        }

        return new(there.FullName);
    }
}
