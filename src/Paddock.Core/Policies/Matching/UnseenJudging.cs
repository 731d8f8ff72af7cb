using Paddock.Core.Policies.Facts;

namespace Paddock.Core.Policies.Matching;

/// <summary>
/// Judges calls that nobody sees: a tool that the provider runs is decided when it is offered. What such a call will say is not known,
/// so a refusal that would look at it matches, and an allow that would does not.
/// </summary>
internal readonly ref struct UnseenJudging(PolicySubject subject, FactMask unknown)
{
    private readonly CallUnits units = CallUnits.Of(subject);

    public void Judge(ReadOnlySpan<RuleEntry> entries, Effect byDefault, ref PolicyVerdict verdict)
    {
        Tally enforced = new(), shadow = new();
        for (var i = 0; i < entries.Length; i++)
        {
            var entry = entries[i];
            if (!Takes(entry, out var reach))
            {
                continue;
            }

            if (entry.IsEnforced && !IsOverridden(entry, enforcedOnly: true))
            {
                enforced.Note(entry.Strength, i, entry.SpeaksFor(reach));
            }

            if (!IsOverridden(entry, enforcedOnly: false))
            {
                shadow.Note(entry.Strength is Strength.SoftDeny ? Strength.Deny : entry.Strength, i, entry.SpeaksFor(reach));
            }
        }

        verdict.Enforced = enforced.Tell(units, byDefault);
        verdict.Shadow = shadow.Tell(units, byDefault);
        verdict.Warning = -1;
        verdict.Opaque = subject.Class is Tools.ToolClass.Command && units.Unseen;
    }

    private bool Takes(RuleEntry entry, out RuleReach reach)
    {
        reach = RuleReach.Everything;
        var rule = entry.Rule;
        if (!entry.Scope.Takes(subject) || !TakesCaller(rule) || (rule.Allows && (entry.Asserted & ~subject.Pins) != KeyPins.None))
        {
            return false;
        }

        return rule.LooksAt(unknown) ? !rule.Allows : rule.CheckArguments(subject, units, out reach) is MatchStage.Matched;
    }

    private bool TakesCaller(CompiledRule rule) => unknown.Has(Fact.McpTool)
        ? rule.Match.CallerOfAnyTool(subject, certain: rule.Allows)
        : rule.Match.Caller(subject) is MatchStage.Matched;

    /// <summary>Whether an allow of a narrower scope takes all such calls.</summary>
    private bool IsOverridden(RuleEntry entry, bool enforcedOnly)
    {
        foreach (var other in entry.Overrides)
        {
            if ((other.IsEnforced || !enforcedOnly) && Takes(other, out var reach) && reach.Whole)
            {
                return true;
            }
        }

        return false;
    }
}
