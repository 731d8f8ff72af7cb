namespace Paddock.Gateway.Guard;

/// <summary>A decision that somebody has yet to make.</summary>
internal sealed class PendingDecision
{
    /// <param name="outcome">Allowed, refused or taken out; never another wait.</param>
    public PendingDecision(Task<ToolDecision> outcome)
    {
        Done = KeepAsync(outcome);
    }

    /// <summary>Completes with the decision, or with what prevented it.</summary>
    public Task Done { get; }

    /// <summary>Null while it is not made, and when it will not be.</summary>
    public ToolDecision? Outcome { get; private set; }

    private async Task KeepAsync(Task<ToolDecision> outcome) => Outcome = await outcome;
}
