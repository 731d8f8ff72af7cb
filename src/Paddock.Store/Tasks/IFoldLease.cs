namespace Paddock.Store.Tasks;

/// <summary>Of all processes on one database one folds tasks: two would not spoil anything, but do the work twice.</summary>
internal interface IFoldLease
{
    /// <summary>Takes the lease, or finds it still there.</summary>
    /// <returns>False while another process has it.</returns>
    Task<bool> HoldAsync(CancellationToken cancellationToken);

    /// <summary>Whether all other writing waits while tasks are written.</summary>
    bool BlocksOthers { get; }
}

/// <summary>SQLite: whoever owns the data directory has it.</summary>
internal sealed class OnlyProcessFolds : IFoldLease
{
    private static readonly Task<bool> held = Task.FromResult(true);

    public bool BlocksOthers => true;

    public Task<bool> HoldAsync(CancellationToken cancellationToken) => held;
}
