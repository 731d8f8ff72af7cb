using Paddock.Control.Installation;
using Paddock.Control.Releases;
using Paddock.Core.Audit;
using Paddock.Core.Models;
using Paddock.Diagnostics;
using Paddock.Settings;
using Paddock.Store;

namespace Paddock.Hosting;

/// <summary>What this process says of itself.</summary>
internal sealed class LocalInstallation(ServeSettings settings, Listeners listeners, Readiness readiness, StoreMaintenance store, ReleaseBook book, IPriceBook prices, IAuditLog audit, TimeProvider time) : IInstallation
{
    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    public async Task<StatusView> StatusAsync(CancellationToken cancellationToken)
    {
        var report = await readiness.LookAsync(cancellationToken);
        return new(
            PaddockVersion.Text, Environment.ProcessId, StartedAt, listeners.UrlsOf(ListenerSides.Agents), report.IsReady, report.Checks,
            settings.Postgres is null ? "sqlite" : "postgresql", (await store.SchemaAsync(cancellationToken)).Version,
            book.Current?.Digest.Value ?? "", book.Current?.Documents.Length ?? 0, book.Directory, prices.Version, report.JournalBytes);
    }

    public async Task BackUpAsync(Stream target, AuditActor by, CancellationToken cancellationToken)
    {
        var directory = Path.Combine(settings.DataDirectory, "backups");
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, $"outgoing-{Guid.NewGuid():N}");
        try
        {
            var made = await store.BackupAsync(path, cancellationToken);
            await audit.AppendAsync(InstallationEntries.BackupMade(made.Bytes, made.Rows, made.Schema, by), cancellationToken);
            await using var file = File.OpenRead(path);
            await file.CopyToAsync(target, cancellationToken);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
