namespace Paddock.Core.Policies;

/// <summary>
/// Decides tool calls for those who enforce elsewhere than in a model's answer: agents' hooks and AuthZEN. The rules, the record and the
/// approvals are the gateway's; a call that the gateway has decided is not decided again.
/// </summary>
public interface IDecisionPoint
{
    /// <summary>
    /// Decides once for each (principal, task, call id, arguments): whoever asks again, or at the same time, hears the same decision, and an
    /// approval is used once. A call that waits for an approval is decided anew each time.
    /// </summary>
    Task<OutsideDecision> DecideAsync(OutsideCall call, CancellationToken cancellationToken);
}
