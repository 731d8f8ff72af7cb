using Paddock.Core.Policies.Decisions;

namespace Paddock.Gateway.Guard;

/// <summary>What was decided on a tool call, in words and not yet in any wire's shape.</summary>
/// <param name="Decision">The decision's id.</param>
/// <param name="Becomes">What becomes of the call, as it is recorded.</param>
internal abstract record Judgement(string Decision, DecisionOutcome Becomes)
{
    internal sealed record Allowed(string Decision, DecisionOutcome Becomes = DecisionOutcome.Released) : Judgement(Decision, Becomes);

    /// <param name="Said">The release's own words and an id; nothing of the call.</param>
    internal sealed record Refused(string Decision, string Said, DecisionOutcome Becomes = DecisionOutcome.Refused) : Judgement(Decision, Becomes);

    /// <summary>Somebody has to say yes.</summary>
    /// <param name="Outcome">Allowed or refused; never another wait.</param>
    internal sealed record Waits(string Decision, Task<Judgement> Outcome) : Judgement(Decision, DecisionOutcome.Held);
}
