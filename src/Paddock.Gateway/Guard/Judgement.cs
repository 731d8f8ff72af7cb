using Paddock.Core.Approvals;
using Paddock.Core.Policies;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Releases;

namespace Paddock.Gateway.Guard;

/// <summary>What was decided on a tool call, in words and not yet in any wire's shape.</summary>
/// <param name="Decision">The decision's id.</param>
/// <param name="Becomes">What becomes of the call, as it is recorded.</param>
internal abstract record Judgement(string Decision, DecisionOutcome Becomes)
{
    /// <summary>The deciding rule; null = the release's defaults, or the call could not be judged.</summary>
    public BoundRule? Rule { get; init; }

    /// <summary>A rule that only warns and would not have allowed it; null = none.</summary>
    public BoundRule? Warning { get; init; }

    /// <summary>The release it was judged by.</summary>
    public ReleaseDigest Release { get; init; }

    /// <summary>Whether whoever asks for the same call again is to hear the same.</summary>
    public virtual bool Stays => false;

    internal sealed record Allowed(string Decision, DecisionOutcome Becomes = DecisionOutcome.Released) : Judgement(Decision, Becomes)
    {
        public override bool Stays => true;
    }

    /// <param name="Said">The release's own words and an id; nothing of the call.</param>
    internal sealed record Refused(string Decision, string Said, DecisionOutcome Becomes = DecisionOutcome.Refused) : Judgement(Decision, Becomes)
    {
        /// <summary>The same call may pass once this is approved; null = it waits for nobody.</summary>
        public Approval? Awaited { get; init; }

        /// <summary>A rule refused it; nothing but another release changes that.</summary>
        public bool IsByRule { get; init; }

        public override bool Stays => IsByRule;
    }

    /// <summary>Somebody has to say yes, or it has yet to be recorded.</summary>
    /// <param name="Outcome">Allowed or refused; never another wait.</param>
    internal sealed record Waits(string Decision, Task<Judgement> Outcome) : Judgement(Decision, DecisionOutcome.Held);
}
