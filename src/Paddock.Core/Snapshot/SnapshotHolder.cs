namespace Paddock.Core.Snapshot;

/// <summary>The one live snapshot. Reading is one load; swapping it leaves running calls with theirs.</summary>
public sealed class SnapshotHolder(GovernanceSnapshot first) : ISnapshots
{
    private volatile GovernanceSnapshot current = first;

    public GovernanceSnapshot Current => current;

    public GovernanceSnapshot For(string principalId, string? task) => current;

    public void Publish(GovernanceSnapshot snapshot) => current = snapshot;
}
