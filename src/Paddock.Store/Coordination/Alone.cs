namespace Paddock.Store.Coordination;

/// <summary>The presence of a process that owns its database: the data directory's lock has said all there is to say.</summary>
internal sealed class Alone : IPresence
{
    public bool IsShared => false;

    public Task StartAsync(Guid journal, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync() => Task.CompletedTask;
}
