namespace Paddock.Core.Policies.Matching;

/// <summary>Adds up what rules say of one call.</summary>
internal struct Tally()
{
    private const int Nothing = -1;
    private ulong covered;
    private bool whole;
    private int strength = Nothing;
    private int rule = -1;

    public void Note(Strength said, int by, RuleReach reach)
    {
        covered |= reach.Units;
        whole |= reach.Whole;
        if ((int)said > strength)
        {
            (strength, rule) = ((int)said, by);
        }
    }

    /// <summary>With the defaults for every piece that no rule spoke of.</summary>
    public readonly RuleOutcome Tell(CallUnits units, Effect byDefault)
    {
        var spokenOf = whole || (!units.Unseen && units.Needed != 0 && (units.Needed & ~covered) == 0);
        var usual = byDefault switch { Effect.Deny => Strength.Deny, Effect.RequireApproval => Strength.RequireApproval, _ => Strength.Allow };
        if (!spokenOf && ((int)usual > strength || strength == (int)Strength.Allow))
        {
            return new(byDefault, false, -1);
        }

        return (Strength)strength switch
        {
            Strength.Deny => new(Effect.Deny, false, rule),
            Strength.RequireApproval => new(Effect.RequireApproval, false, rule),
            Strength.SoftDeny => new(Effect.Deny, true, rule),
            _ => new(Effect.Allow, false, rule),
        };
    }
}
