namespace Paddock.Store.Coordination;

/// <summary>How this process stands to others on the same database.</summary>
internal interface IPresence
{
    /// <summary>Whether there can be others.</summary>
    bool IsShared { get; }

    /// <param name="journal">The journal that this process writes.</param>
    Task StartAsync(Guid journal, CancellationToken cancellationToken);

    Task StopAsync();
}
