namespace Paddock.Gateway.Guard;

/// <summary>What was decided on a tool call, in words and not yet in any wire's shape.</summary>
/// <param name="Decision">The decision's id.</param>
internal abstract record Judgement(string Decision)
{
    internal sealed record Allowed(string Decision) : Judgement(Decision);

    /// <param name="Said">The release's own words and an id; nothing of the call.</param>
    internal sealed record Refused(string Decision, string Said) : Judgement(Decision);

    /// <summary>Somebody has to say yes.</summary>
    /// <param name="Outcome">Allowed or refused; never another wait.</param>
    internal sealed record Waits(string Decision, Task<Judgement> Outcome) : Judgement(Decision);
}
