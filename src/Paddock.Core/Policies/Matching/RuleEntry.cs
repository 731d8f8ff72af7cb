using System.Collections.Immutable;

namespace Paddock.Core.Policies.Matching;

/// <summary>A rule where one binding puts it.</summary>
internal sealed class RuleEntry
{
    private readonly CompiledRule auditing;

    private RuleEntry(BoundRule bound, CompiledRule rule, CompiledScope scope)
    {
        (Bound, Rule, Scope) = (bound, rule, scope);
        auditing = rule.Source.Audit is null || !rule.Allows ? rule : new(rule.Source with { Effect = Effect.Deny });
        Asserted = rule.Asserted | scope.Asserted;
        Strength = rule.Source.Effect switch
        {
            Effect.Allow => Strength.Allow,
            Effect.RequireApproval => Strength.RequireApproval,
            _ when bound.Binding.Enforcement == Enforcement.Soft => Strength.SoftDeny,
            _ => Strength.Deny,
        };
    }

    public BoundRule Bound { get; }

    public PolicyBinding Binding => Bound.Binding;

    public CompiledRule Rule { get; }

    public CompiledScope Scope { get; }

    /// <summary>What a key must pin before this rule is heard, if it allows.</summary>
    public KeyPins Asserted { get; }

    /// <summary>How it counts where its binding is enforced.</summary>
    public Strength Strength { get; }

    public bool IsEnforced => Binding.Enforcement is Enforcement.Enforce or Enforcement.Soft && !(Binding.OnlyTightens && Rule.Allows);

    /// <summary>Of the pieces that this rule matches, those that the defaults need not be asked for any more.</summary>
    public RuleReach SpeaksFor(RuleReach reach) => Binding.OnlyTightens ? default : reach;

    /// <summary>Whether something has to happen besides when this rule decides.</summary>
    public bool Obliges => IsEnforced && !Rule.Source.Obligations.IsEmpty;

    /// <summary>Whether a call that this rule lets pass, or somebody's yes under it, needs more than Paddock can do itself.</summary>
    public bool NeedsOthers => Obliges && Rule.Source.Effect is not Effect.Deny && Rule.Source.Obligations.Any(static obligation => obligation.Type != RuleObligation.Notification);

    /// <summary>Whether the tools it takes are left out of what is offered to the model.</summary>
    public bool Hides => Binding.Enforcement is Enforcement.Enforce && Rule.Source is { HideTool: true, Effect: Effect.Deny };

    /// <summary>Rules that allow in a narrower scope, when this one may be overridden there.</summary>
    public ImmutableArray<RuleEntry> Overrides { get; private set; } = [];

    public static RuleEntry[] Compile(IEnumerable<Policy> policies, IEnumerable<PolicyBinding> bindings)
    {
        var bound = bindings.Where(binding => binding.Enforcement != Enforcement.Off).OrderBy(binding => binding.Name, StringComparer.Ordinal).ToLookup(binding => binding.Policy, StringComparer.Ordinal);
        var entries = new List<RuleEntry>();
        foreach (var policy in policies.OrderBy(policy => policy.Name, StringComparer.Ordinal))
        {
            var scopes = bound[policy.Name].Select(binding => (Binding: binding, Scope: new CompiledScope(binding.Scope))).ToList();
            foreach (var rule in policy.Rules)
            {
                var compiled = new CompiledRule(rule);
                entries.AddRange(scopes.Select(scope => new RuleEntry(new(policy, rule, scope.Binding), compiled, scope.Scope)));
            }
        }

        foreach (var entry in entries.Where(entry => entry.Binding.Overridable && !entry.Rule.Allows))
        {
            entry.Overrides = [.. entries.Where(other => other.Rule.Allows && other.Scope.IsNarrowerThan(entry.Scope))];
        }

        return [.. entries];
    }

    /// <summary>
    /// Whether what is kept of the call goes by this rule: when it may be what the rule names, as a refusal would match, also where an allow
    /// rule takes nothing on trust. What nobody can read is what an auditor wants to see.
    /// </summary>
    public bool Audits(PolicySubject subject, CallUnits units) => Scope.Takes(subject) && auditing.Check(subject, units, out _) is MatchStage.Matched;

    /// <summary>Whether this rule speaks of the call, and of which pieces.</summary>
    public MatchStage Check(PolicySubject subject, CallUnits units, out RuleReach reach)
    {
        reach = default;
        if (!Scope.Takes(subject))
        {
            return MatchStage.Scope;
        }

        return Rule.Allows && (Asserted & ~subject.Pins) != KeyPins.None ? MatchStage.Pins : Rule.Check(subject, units, out reach);
    }
}
