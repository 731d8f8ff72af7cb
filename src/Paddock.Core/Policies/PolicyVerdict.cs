namespace Paddock.Core.Policies;

/// <summary>What the rules say of one call. Rules are told by their place in <see cref="PolicySet.Rules"/>; -1 = the release's defaults.</summary>
public struct PolicyVerdict
{
    /// <summary>What happens.</summary>
    public RuleOutcome Enforced { get; internal set; }

    /// <summary>What would happen if every shadow, warn and soft binding were enforced.</summary>
    public RuleOutcome Shadow { get; internal set; }

    /// <summary>The strictest rule of a warn binding that matched and would not allow; -1 = none.</summary>
    public int Warning { get; internal set; }

    /// <summary>How many expressions could not be evaluated; each took its fail-closed side.</summary>
    public int Errors { get; internal set; }

    /// <summary>The command line could not be read as a whole.</summary>
    public bool Opaque { get; internal set; }

    public readonly Effect Effect => Enforced.Effect;

    public readonly bool Soft => Enforced.Soft;

    public readonly int Rule => Enforced.Rule;
}

/// <summary>One outcome of all rules together.</summary>
/// <param name="Soft">With <see cref="Policies.Effect.Deny"/>: whoever asked may override it with a reason.</param>
/// <param name="Rule">The deciding rule; -1 = the defaults.</param>
public readonly record struct RuleOutcome(Effect Effect, bool Soft, int Rule);
