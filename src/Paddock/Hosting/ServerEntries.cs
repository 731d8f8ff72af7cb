using Microsoft.Extensions.Hosting;
using Paddock.Core.Audit;
using Paddock.Settings;
using Paddock.Store;

namespace Paddock.Hosting;

/// <summary>
/// Puts into the audit log that the server started, and with what, and that it stopped: a start without a stop before it was a crash.
/// Registered right behind the store, so that it stops right before it, when all streams have drained.
/// </summary>
internal sealed class ServerEntries(ServeSettings settings, StoreMaintenance store, IAuditLog audit) : IHostedLifecycleService
{
    private bool started;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Not waited for: what is handed in later and is waited for, every tool call among it, is durable only behind this.</summary>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var schema = await store.SchemaAsync(cancellationToken);
        audit.Post(InstallationEntries.Started(PaddockVersion.Text, settings.Postgres is null ? "sqlite" : "postgresql", schema.Version, SettingsDigest.Of(settings)));
        started = true;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken)
    {
        if (started)
        {
            audit.Post(InstallationEntries.Stopped(PaddockVersion.Text));
        }

        return Task.CompletedTask;
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
