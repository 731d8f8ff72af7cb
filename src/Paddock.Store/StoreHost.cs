using Microsoft.Extensions.Hosting;

namespace Paddock.Store;

/// <summary>Opens the store with the server and closes it behind everything that uses it.</summary>
internal sealed class StoreHost(StoreMaintenance maintenance) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => maintenance.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => maintenance.StopAsync(cancellationToken);
}
