namespace Paddock.Core.Policies.Decisions;

/// <summary>What became of a call that was judged. Stored as its name in lower snake case.</summary>
public enum DecisionOutcome
{
    /// <summary>The agent got it as the model made it.</summary>
    Released,
    /// <summary>It was refused by policy or by an operator, or could not be judged.</summary>
    Refused,
    /// <summary>It waits for somebody's yes, or whoever waited is gone.</summary>
    Held,
    /// <summary>Somebody said yes, and it was released.</summary>
    Approved,
    /// <summary>Nobody said yes in time; it was refused, and passes when it is asked again after a yes.</summary>
    Expired,
    /// <summary>Somebody said no, or nobody could be asked; it was refused.</summary>
    NotApproved,
    /// <summary>Whoever asked let it pass although a soft rule refuses it.</summary>
    Overridden,
}

public static class DecisionOutcomes
{
    /// <summary>Whether the agent got the call as the model made it.</summary>
    public static bool IsLetGo(this DecisionOutcome outcome) => outcome is DecisionOutcome.Released or DecisionOutcome.Approved or DecisionOutcome.Overridden;
}
