namespace Paddock.Store.Coordination;

/// <summary>Work that one of all processes on a database does: two would not spoil anything, but do it twice. The value is the key of its lock.</summary>
internal enum Work
{
    /// <summary>Tasks and tallies are made of facts.</summary>
    Tasks = 3,

    /// <summary>What alerts look at is counted, and alerts are raised.</summary>
    Signals = 4,

    /// <summary>Notices are delivered.</summary>
    Notices = 5,

    /// <summary>Runs of runbooks are carried out.</summary>
    Runs = 6,
}

/// <summary>The right to do one kind of work.</summary>
internal interface IWorkLease
{
    /// <summary>Takes the lease, or finds it still there.</summary>
    /// <returns>False while another process has it.</returns>
    Task<bool> HoldAsync(CancellationToken cancellationToken);

    /// <summary>Whether all other writing waits while this work writes.</summary>
    bool BlocksOthers { get; }
}

/// <summary>SQLite: whoever owns the data directory has it.</summary>
internal sealed class OnlyProcessWorks : IWorkLease
{
    private static readonly Task<bool> held = Task.FromResult(true);

    public bool BlocksOthers => true;

    public Task<bool> HoldAsync(CancellationToken cancellationToken) => held;
}
