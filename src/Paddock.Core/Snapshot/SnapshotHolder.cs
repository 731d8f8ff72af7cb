using Paddock.Core.Mitigations;

namespace Paddock.Core.Snapshot;

/// <summary>The one live snapshot. Reading is one load; swapping it leaves running calls with theirs.</summary>
public sealed class SnapshotHolder(GovernanceSnapshot first) : ISnapshots
{
    private readonly Lock changing = new();
    private volatile GovernanceSnapshot current = first;
    private GovernanceSnapshot released = first;
    private MitigationSet mitigations = MitigationSet.Empty;

    public GovernanceSnapshot Current => current;

    public GovernanceSnapshot For(string principalId, string? task) => current;

    public void Publish(GovernanceSnapshot snapshot)
    {
        lock (changing)
        {
            released = snapshot;
            current = MitigatedSnapshot.Of(released, mitigations);
        }
    }

    public void Mitigate(MitigationSet mitigations)
    {
        lock (changing)
        {
            if (mitigations.Equals(this.mitigations))
            {
                return;
            }

            this.mitigations = mitigations;
            current = MitigatedSnapshot.Of(released, mitigations);
        }
    }
}
