using Paddock.Core.Budgets;
using Paddock.Core.Snapshot;

namespace Paddock.Testing;

/// <summary>Budgets that hold everything and remember what was settled; or, when told so, refuse.</summary>
public sealed class RecordingBudgets : IBudgets
{
    public HoldOutcome.Refused? Refusal { get; set; }

    public List<HoldAmount> Holds { get; } = [];

    public List<HoldAmount> Settled { get; } = [];

    public HoldOutcome TryHold(GovernanceSnapshot snapshot, BudgetSubject subject, in HoldAmount amount, DateTimeOffset now)
    {
        if (Refusal is { } refusal)
        {
            return refusal;
        }

        Holds.Add(amount);
        return new HoldOutcome.Held(new Hold(this));
    }

    private sealed class Hold(RecordingBudgets budgets) : IBudgetHold
    {
        public void Settle(long nanoUsd, long tokens) => budgets.Settled.Add(new(nanoUsd, tokens));
    }
}
