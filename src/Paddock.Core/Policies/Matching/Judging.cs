namespace Paddock.Core.Policies.Matching;

/// <summary>One call being judged.</summary>
internal ref struct Judging(PolicySubject subject, ReadOnlySpan<RuleEntry> entries, bool hasMilder)
{
    private readonly PolicySubject subject = subject;
    private readonly ReadOnlySpan<RuleEntry> entries = entries;
    private readonly CallUnits units = CallUnits.Of(subject);
    private Tally enforced = new();
    private Tally shadow = new();
    private Strength warned;
    private int warning = -1;
    private int errors;

    public void Look(int at)
    {
        var entry = entries[at];
        var stage = entry.Check(subject, units, out var reach);
        errors += reach.Failed ? 1 : 0;
        if (stage != MatchStage.Matched)
        {
            return;
        }

        if (entry.IsEnforced && !IsOverridden(entry, reach, enforcedOnly: true))
        {
            enforced.Note(entry.Strength, at, entry.SpeaksFor(reach));
        }

        if (hasMilder && !IsOverridden(entry, reach, enforcedOnly: false))
        {
            shadow.Note(entry.Strength == Strength.SoftDeny ? Strength.Deny : entry.Strength, at, entry.SpeaksFor(reach));
        }

        if (entry.Binding.Enforcement == Enforcement.Warn && entry.Strength > warned)
        {
            (warned, warning) = (entry.Strength, at);
        }
    }

    public readonly void Tell(Effect byDefault, ref PolicyVerdict verdict)
    {
        verdict.Enforced = enforced.Tell(units, byDefault);
        verdict.Shadow = hasMilder ? shadow.Tell(units, byDefault) : verdict.Enforced;
        verdict.Warning = warning;
        verdict.Errors = errors;
        verdict.Opaque = subject.Class == Tools.ToolClass.Command && units.Unseen;
    }

    /// <summary>Whether allows of a narrower scope take all that this rule speaks of.</summary>
    public readonly bool IsOverridden(RuleEntry entry, RuleReach reach, bool enforcedOnly)
    {
        var needed = reach.Whole ? units.Needed : reach.Units & units.Needed;
        var (covered, whole) = (0UL, false);
        foreach (var other in entry.Overrides)
        {
            if ((other.IsEnforced || !enforcedOnly) && other.Check(subject, units, out var allowed) == MatchStage.Matched)
            {
                covered |= allowed.Units;
                whole |= allowed.Whole;
            }
        }

        return whole || (covered != 0 && !units.Unseen && needed != 0 && (needed & ~covered) == 0);
    }
}
